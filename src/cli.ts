#!/usr/bin/env node
/** Root of the command line: the same engine under Node; text in, text or JSON out. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../webview/engine/engine.ts';
import { loadEngine } from '../webview/engine/loadEngine.ts';
import { parseCliArguments, USAGE, type CliRequest } from './cli/arguments.ts';
import { exportedRun } from './cli/exportedRun.ts';
import { readModelFolder, savedModel } from './cli/modelFolder.ts';
import { failureOf, SaccadeError } from './shared/failure.ts';
import { joinResults } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts } from './shared/segments.ts';

const installFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

async function readInput(file: string | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  if (file === undefined) for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  else {
    const content = await readFile(file).catch((error: unknown) => {
      throw new SaccadeError('badInput', `${file} cannot be read: ${failureOf(error).message}.`);
    });
    chunks.push(content);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SaccadeError('badInput', `${file ?? 'Standard input'} is not UTF-8 text.`);
  }
}

/** Lines worked on together: enough to find some of like length, few enough to see the first ones soon. */
const LINES_AT_ONCE = 128;

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

async function main(): Promise<void> {
  const request = parseCliArguments(process.argv.slice(2));
  if (request.command === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const input = await readInput(request.file);
  if (!request.lines && input.trim() === '') throw new SaccadeError('badInput', 'The input is empty.');
  const files = await readModelFolder(installFolder, request.modelFolder);
  const engine = await loadEngine(files);
  if (request.command === 'inspect') {
    const { results } = await engine.run(request.task, [oneLine(input)], { beams: request.beams });
    const run = { model: savedModel(files), inspection: await engine.inspect(request.task, results[0]!) };
    process.stdout.write(await exportedRun(run, request.format, installFolder));
  } else if (request.nBest) {
    process.stdout.write(await nBestLines(engine, request, request.lines ? linesOf(input) : [oneLine(input)]));
  } else if (request.lines) {
    const lines = linesOf(input);
    for (let start = 0; start < lines.length; start += LINES_AT_ONCE) {
      const targets = await targetTexts(engine, request, lines.slice(start, start + LINES_AT_ONCE));
      process.stdout.write(targets.map((target) => `${oneLine(target)}\n`).join(''));
    }
  } else if (request.task.kind === 'translate') {
    // Blank lines part paragraphs and stay as they are.
    const parts = input.split(/((?:\r?\n[ \t]*){2,})/);
    const targets = await targetTexts(
      engine,
      request,
      parts.map((part) => (part.trim() === '' ? part : oneLine(part))),
    );
    process.stdout.write(`${targets.join('')}\n`);
  } else {
    process.stdout.write(`${(await targetTexts(engine, request, [oneLine(input)])).join('')}\n`);
  }
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
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
