/**
 * Lets one process at a time do something, as long as all ask by the same file. Who holds it touches it now and then, so that the file of one that
 * died is known. Knows no model.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';

const TOUCH_SECONDS = 5;
/** Longer than a machine may sleep between two touches under load; a disk elsewhere may have another clock. */
const DEAD_SECONDS = 60;

/**
 * @param file in a folder that is there
 * @returns undefined where somebody else holds it, and `work` was not begun
 * @throws what `work` throws; an error of the file system
 */
export async function whileHolding<Result>(file: string, work: () => Promise<Result>): Promise<{ readonly result: Result } | undefined> {
  const own = randomUUID();
  if (!(await take(file, own))) return undefined;
  const touching = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCH_SECONDS * 1000);
  touching.unref();
  try {
    return { result: await work() };
  } finally {
    clearInterval(touching);
    // Somebody who took this process for dead may hold it now.
    if ((await contentOf(file)) === own) await rm(file, { force: true });
  }
}

async function take(file: string, own: string): Promise<boolean> {
  if (await make(file, own)) return true;
  const holder = await contentOf(file);
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (holder === undefined) return make(file, own);
  if (Date.now() - touched < DEAD_SECONDS * 1000) return false;
  // Of several who find it dead one moves it away; whoever has moved another's new one puts it back.
  const moved = `${file}.${own}`;
  if (!(await rename(file, moved).then(...TOLD))) return false;
  if ((await contentOf(moved)) === holder) await rm(moved, { force: true });
  else await rename(moved, file).catch(() => undefined);
  return make(file, own);
}

function make(file: string, own: string): Promise<boolean> {
  return writeFile(file, own, { flag: 'wx' }).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    },
  );
}

function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** What became of a promise, as a yes or no. */
const TOLD = [() => true, () => false] as const;
