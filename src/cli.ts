#!/usr/bin/env node
/** Root of the command line: the same engine under Node; text in, text or JSON out. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../webview/engine/engine.ts';
import { loadEngine } from '../webview/engine/loadEngine.ts';
import { parseCliArguments, USAGE, type CliRequest } from './cli/arguments.ts';
import { exportedRun } from './cli/exportedRun.ts';
import { readModelFolder, savedModel } from './cli/modelFolder.ts';
import { inGroups, linesOf, notEmpty, paragraphsOf, readText, wholeText } from './cli/textStream.ts';
import { failureOf } from './shared/failure.ts';
import { joinResults } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts } from './shared/segments.ts';

const installFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What the command makes of each paragraph or line: translations sentence by sentence, anything else of the whole. */
async function targetTexts(engine: Engine, { command, task, beams }: CliRequest, texts: readonly string[]): Promise<string[]> {
  if (command === 'detect') return engine.detectLanguages(texts);
  const segmentations = texts.map((text) => (task.kind === 'translate' ? segment(text) : oneSegment(text)));
  const { results } = await engine.run(task, segmentations.flatMap(segmentTexts), { beams });
  return joinResults(task, segmentations, results).map(({ text }) => text);
}

/** One line for each target that beam search found for each of the texts. */
async function nBestLines(engine: Engine, { task, beams }: CliRequest, texts: readonly string[]): Promise<string> {
  const { results } = await engine.run(task, texts, { beams });
  return results.flatMap(({ nBest }) => nBest.map(({ score, text }) => `${score.toFixed(4)}\t${oneLine(text)}\n`)).join('');
}

/** Waits where the reader is slower. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });
}

async function main(): Promise<void> {
  const request = parseCliArguments(process.argv.slice(2));
  if (request.command === 'help') {
    await write(`${USAGE}\n`);
    return;
  }
  const chunks = readText(request.file);
  let loading: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> =>
    (loading ??= readModelFolder(installFolder, request.modelFolder).then((files) => loadEngine(files)));
  if (request.lines && request.command !== 'inspect') {
    for await (const lines of inGroups(linesOf(chunks))) {
      if (request.nBest) await write(await nBestLines(await engine(), request, lines));
      else await write((await targetTexts(await engine(), request, lines)).map((target) => `${oneLine(target)}\n`).join(''));
    }
  } else if (request.command === 'translate' && !request.nBest) {
    for await (const parts of inGroups(paragraphsOf(notEmpty(chunks)))) {
      // Blank lines part paragraphs and stay as they are.
      const texts = parts.map((part) => (part.trim() === '' ? part : oneLine(part)));
      await write((await targetTexts(await engine(), request, texts)).join(''));
    }
    await write('\n');
  } else {
    const text = oneLine(await wholeText(notEmpty(chunks)));
    if (request.command === 'inspect') await write(await exportedInspection(request, text));
    else if (request.nBest) await write(await nBestLines(await engine(), request, [text]));
    else await write(`${(await targetTexts(await engine(), request, [text])).join('')}\n`);
  }
}

async function exportedInspection({ modelFolder, task, beams, format }: CliRequest, text: string): Promise<string> {
  const files = await readModelFolder(installFolder, modelFolder);
  const engine = await loadEngine(files);
  const { results } = await engine.run(task, [text], { beams });
  const run = { model: savedModel(files), inspection: await engine.inspect(task, results[0]!) };
  return exportedRun(run, format, installFolder);
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

main().then(
  // The runtime keeps handles open that would keep the process alive; a pipe may still wait for its reader.
  () => process.stdout.write('', () => process.exit(0)),
  (error: unknown) => {
    process.stderr.write(`saccade: ${failureOf(error).message.replaceAll('\n', ' ')}\n`);
    process.exit(1);
  },
);
