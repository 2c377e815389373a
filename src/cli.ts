#!/usr/bin/env node
/** Root of the command line: the same engine under Node; text in, text or JSON out. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../webview/engine/engine.ts';
import { parseCliArguments, USAGE, type CliRequest } from './cli/arguments.ts';
import { intervened } from './cli/intervened.ts';
import { exportedRun } from './cli/exportedRun.ts';
import { readGlossary } from './cli/readGlossary.ts';
import { withIntervention } from './cli/whatIfJson.ts';
import { openModel, savedModel } from './cli/modelFolder.ts';
import { modelsCommand } from './cli/modelsCommand.ts';
import { inGroups, linesOf, notEmpty, paragraphsOf, readText, wholeText } from './cli/textStream.ts';
import { failureOf } from './shared/failure.ts';
import type { Inspection } from './shared/inspection.ts';
import { joinResults } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts } from './shared/segments.ts';
import type { Term } from './shared/terms.ts';

const installFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** A request whose files have been read. */
interface Request extends CliRequest {
  readonly terms: readonly Term[];
}

/** What the command makes of each paragraph or line: translations sentence by sentence, anything else of the whole. */
async function targetTexts(
  engine: Engine,
  { command, task, from, beams, prefix, terms }: Request,
  texts: readonly string[],
): Promise<string[]> {
  if (command === 'detect') return engine.detectLanguages(texts);
  const segmentations = texts.map((text) => (task.kind === 'translate' ? segment(text) : oneSegment(text)));
  const { results } = await engine.run(task, segmentations.flatMap(segmentTexts), { from, beams, prefix, terms });
  // Another group has other sentences.
  await engine.forgetEncoded();
  return joinResults(task, segmentations, results).map(({ text }) => text);
}

/** One line for each target that beam search found for each of the texts. */
async function nBestLines(engine: Engine, { task, from, beams, prefix, terms }: Request, texts: readonly string[]): Promise<string> {
  const { results } = await engine.run(task, texts, { from, beams, prefix, terms });
  return results.flatMap(({ nBest }) => nBest.map(({ score, text }) => `${score.toFixed(4)}\t${oneLine(text)}\n`)).join('');
}

/** One line of JSON for each of the texts. */
async function scoreLines(engine: Engine, { task, from, beams, prefix, terms }: Request, texts: readonly string[]): Promise<string> {
  const { results } = await engine.run(task, texts, { from, beams, prefix, terms, scores: true });
  return results
    .map(
      ({ sourceText, targetText, targetIds, logProbabilities }) =>
        `${JSON.stringify({ sourceText, targetText, targetIds, logProbabilities })}\n`,
    )
    .join('');
}

/** Waits where the reader is slower. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });
}

async function main(): Promise<void> {
  const [first, ...others] = process.argv.slice(2);
  if (first === 'models' && !others.includes('--help')) {
    await modelsCommand(others, write);
    return;
  }
  const words = parseCliArguments(process.argv.slice(2));
  if (words.command === 'help') {
    await write(`${USAGE}\n`);
    return;
  }
  const request = { ...words, terms: await readGlossary(words.glossary, words.task) };
  const chunks = readText(request.file);
  let loading: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => (loading ??= openModel(installFolder, request.model, request).then((opened) => opened.engine));
  if (request.lines && request.command !== 'inspect') {
    for await (const lines of inGroups(linesOf(chunks))) {
      if (request.nBest) await write(await nBestLines(await engine(), request, lines));
      else if (request.scores) await write(await scoreLines(await engine(), request, lines));
      else await write((await targetTexts(await engine(), request, lines)).map((target) => `${oneLine(target)}\n`).join(''));
    }
  } else if (request.command === 'translate' && !request.nBest && !request.scores) {
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
    else if (request.scores) await write(await scoreLines(await engine(), request, [text]));
    else await write(`${(await targetTexts(await engine(), request, [text])).join('')}\n`);
  }
}

async function exportedInspection(request: Request, text: string): Promise<string> {
  const { model, format, intervention, from, beams, prefix, terms } = request;
  const { files, engine } = await openModel(installFolder, model, request);
  const { results } = await engine.run(request.task, [text], { from, beams, prefix, terms });
  const exported = (inspection: Inspection): Promise<string> =>
    exportedRun({ model: savedModel(files), inspection }, format, installFolder);
  if (!intervention) return exported(await engine.inspect(request.task, results[0]!));
  const whatIf = await intervened(engine, request.task, results[0]!, intervention);
  const run = await exported(whatIf.inspection);
  return format === 'json' ? withIntervention(run, whatIf, results[0]!) : run;
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
