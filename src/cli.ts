#!/usr/bin/env node
/** Root of the command line: the same engine under Node; text in, text or JSON out. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../webview/engine/engine.ts';
import { loadEngine } from '../webview/engine/loadEngine.ts';
import { parseCliArguments, USAGE, type CliRequest } from './cli/arguments.ts';
import { inspectionJson } from './cli/inspectionJson.ts';
import { readModelFolder } from './cli/modelFolder.ts';
import { failureOf, SaccadeError } from './shared/failure.ts';
import { usableText } from './shared/segmentResult.ts';
import { joinSegments, segment } from './shared/segments.ts';

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

/** The target text of one paragraph or line: sentence by sentence for translations, as a whole for summaries. */
async function targetText(engine: Engine, { task }: CliRequest, text: string): Promise<string> {
  if (text.trim() === '') return '';
  const run = async (source: string): Promise<string> => usableText(task, (await engine.run(task, source)).result);
  if (task.kind !== 'translate') return run(text);
  const segmentation = segment(text);
  const targets: string[] = [];
  for (const { start, end } of segmentation.segments) targets.push(await run(text.slice(start, end)));
  return joinSegments(segmentation, targets);
}

async function main(): Promise<void> {
  const request = parseCliArguments(process.argv.slice(2));
  if (request.command === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const input = await readInput(request.file);
  if (!request.lines && input.trim() === '') throw new SaccadeError('badInput', 'The input is empty.');
  const { engine } = await loadEngine(await readModelFolder(installFolder, request.modelFolder, 'ort-without-webgpu.wasm'));
  if (request.command === 'inspect') {
    const { result } = await engine.run(request.task, oneLine(input));
    process.stdout.write(`${JSON.stringify(inspectionJson(await engine.inspect(request.task, result)))}\n`);
  } else if (request.lines) {
    const lines = input.replace(/\r?\n$/, '').split(/\r?\n/);
    for (const line of lines) process.stdout.write(`${oneLine(await targetText(engine, request, line))}\n`);
  } else if (request.task.kind === 'translate') {
    // Blank lines part paragraphs and stay as they are.
    for (const part of input.split(/((?:\r?\n[ \t]*){2,})/)) {
      process.stdout.write(part.trim() === '' ? part : await targetText(engine, request, oneLine(part)));
    }
    process.stdout.write('\n');
  } else {
    process.stdout.write(`${await targetText(engine, request, oneLine(input))}\n`);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

main().then(
  // The runtime keeps handles open that would keep the process alive.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`saccade: ${failureOf(error).message.replaceAll('\n', ' ')}\n`);
    process.exit(1);
  },
);
