/** How long the first translation takes from nothing, split into its parts, and as the extension starts: in a browser with an empty cache, and again in the same one. */
import type { Device } from '../../src/shared/engineStatus.ts';
import type { StartSeconds } from './browser/page.ts';
import { report, spread } from './report.ts';
import type { BenchBrowser } from './benchBrowser.ts';
import type { BenchSession } from './session.ts';

const ROUNDS = 5;
const WARM_STARTS = 2;

type Start = StartSeconds & { readonly firstToken: number; readonly firstTranslation: number };

export async function start(session: BenchSession): Promise<void> {
  const cold: Start[] = [];
  const warm: Start[] = [];
  const whole = { cold: [] as number[], warm: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const browser = await session.open();
    try {
      cold.push(await startOnce(browser, session, 'wasm'));
      for (let again = 0; again < WARM_STARTS; again++) {
        await browser.reload();
        warm.push(await startOnce(browser, session, 'wasm'));
      }
    } finally {
      await browser.close();
    }
    await startWhole(session, whole);
  }
  reportStart('cold', cold);
  reportStart('warm', warm);
  for (const kind of ['cold', 'warm'] as const)
    report('start', { device: 'wasm', kind, as: 'the extension', unit: 's', untilFirstTranslation: spread(whole[kind]) });
}

/** As the extension does it, its parts beside each other. */
async function startWhole(session: BenchSession, seconds: { readonly cold: number[]; readonly warm: number[] }): Promise<void> {
  const browser = await session.open();
  try {
    const [text] = session.sentences.take(1);
    seconds.cold.push(await browser.firstTarget(text!));
    for (let again = 0; again < WARM_STARTS; again++) {
      await browser.reload();
      seconds.warm.push(await browser.firstTarget(text!));
    }
  } finally {
    await browser.close();
  }
}

async function startOnce(browser: BenchBrowser, session: BenchSession, device: Device): Promise<Start> {
  const started = await browser.startEngine(device);
  const { firstTokenSeconds, seconds } = await browser.translate('engine', session.sentences.take(1));
  return { ...started, firstToken: firstTokenSeconds ?? seconds, firstTranslation: seconds };
}

function reportStart(kind: 'cold' | 'warm', starts: readonly Start[]): void {
  const part = (name: keyof Start): ReturnType<typeof spread> => spread(starts.map((start) => start[name]));
  const { median, low, high, runs } = spread(
    starts.map(({ fetch, model, warmUp, firstTranslation }) => fetch + model + warmUp + firstTranslation),
  );
  report('start', {
    device: 'wasm',
    kind,
    unit: 's',
    untilFirstTranslation: { median, low, high, runs },
    fetch: part('fetch'),
    model: part('model'),
    session: part('session'),
    warmUp: part('warmUp'),
    firstToken: part('firstToken'),
    firstTranslation: part('firstTranslation'),
  });
}
