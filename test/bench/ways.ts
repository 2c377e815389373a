/** What the extension measures of each way of running the model while nobody waits, and what it chooses then. */
import { report, rounded } from './report.ts';
import type { BenchSession } from './session.ts';

export async function ways(session: BenchSession): Promise<void> {
  const browser = await session.open({ webgpu: true });
  try {
    const gpu = await browser.gpu();
    const { first, calibration, next = first } = await browser.choose();
    for (const { path, ...measured } of calibration?.measured ?? [])
      report('ways', {
        path,
        ...('failure' in measured ? { failure: measured.failure } : { millisecondsPerToken: rounded(1000 * measured.secondsPerToken) }),
      });
    const { path, reason, loadSeconds } = next;
    report('ways', { adapter: gpu?.name, first: first.path, chosen: path, reason, loadSeconds: rounded(loadSeconds) });
  } finally {
    await browser.close();
  }
}
