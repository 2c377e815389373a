/** The command line's grammar: words in, a checked request out. Reads no file. */
import { parseArgs } from 'node:util';
import { TEXT_FORMATS, type TextFormat } from '../shared/export/exportFormat.ts';
import { SaccadeError } from '../shared/failure.ts';
import { INTERVENTION_OPTIONS, INTERVENTION_USAGE, interventionOf, type InterventionRequest } from './interventionOptions.ts';
import { storeFolder } from './storeFolder.ts';
import { isLanguage, LANGUAGES, type Language, type Task } from '../shared/task.ts';

export const USAGE = `usage: saccade translate [--to LANGUAGE] [--from LANGUAGE] [--glossary FILE] [--beams N [--n-best]] [--lines] [--model MODEL] [FILE|-]
       saccade summarise [--headline] [--beams N [--n-best]] [--lines] [--model MODEL] [FILE|-]
       saccade reconstruct [--beams N] [--lines] [--model MODEL] [FILE|-]
       saccade detect [--lines] [--model MODEL] [FILE|-]
       saccade inspect --format FORMAT [--to LANGUAGE] [--glossary FILE] [--beams N] [--model MODEL] [INTERVENTION]… [FILE|-]
       saccade models add ID|DIR [--variant NAMES] [--does TASK] [--endpoint URL] [--yes]
       saccade models list
       saccade models remove ID

reconstruct repairs a damaged text; <mask> stands for what is missing
detect      prints the language of the text, or "other"

languages: ${LANGUAGES.join(' ')}
--format  ${TEXT_FORMATS.join(' ')}: json is opened again by the extension, html by any browser; --json is --format json
--beams   1 to 8: how many beginnings of the target are followed; 1, the default, is fastest
--n-best  takes the text, or with --lines each line, as one sentence and prints all that the beams found: log-probability per token, tab, target
--glossary  lines of: word, tab, wanted translation or "-" where it is never translated, and after another tab a language it is for
--prefix  what every target begins with
--scores  prints a line of JSON for each text: source, target, and the log-probability of every target token, in nats
--lines   each input line is one text; prints one line each, in order
--model   another than the bundled one: a model that was added, by its id, or a folder: the extension's, or one in Hugging Face layout
          (config.json, tokenizer.json, onnx/)
--store   the folder of models that were added; else $SACCADE_STORE, else the system's folder for data
--variant how the weights are stored, one or several: fp32,fp16,q8,q4, …; by default what any device runs; the most
          exact one that runs is used
--does    what a model does whose files do not tell: translate:LANGUAGE or summarise
--endpoint  a mirror of the Hub; else $HF_ENDPOINT. A token is read from $HF_TOKEN, a proxy as Node does (NODE_USE_ENV_PROXY=1)
--to      may be left out with a model that does one thing only
--from    the language of the text, for models that are told it
FILE      UTF-8 text; standard input where it is "-" or missing

${INTERVENTION_USAGE}`;

export interface CliRequest {
  readonly command: 'translate' | 'summarise' | 'reconstruct' | 'detect' | 'inspect' | 'help';
  readonly task: Task;
  readonly lines: boolean;
  readonly beams: number;
  readonly nBest: boolean;
  readonly from: Language | undefined;
  readonly prefix: string | undefined;
  /** A file. */
  readonly glossary: string | undefined;
  readonly scores: boolean;
  /** Undefined where the model is left as it is. */
  readonly intervention: InterventionRequest | undefined;
  /** Of what inspect prints. */
  readonly format: TextFormat;
  /** A folder, or the id of a model of the store; undefined for the bundled one. */
  readonly model: string | undefined;
  readonly storeFolder: string;
  /** undefined for standard input */
  readonly file: string | undefined;
}

const NOTHING = {
  ...{ lines: false, beams: 1, nBest: false, scores: false, format: 'json' as const },
  ...{ from: undefined, prefix: undefined, glossary: undefined, intervention: undefined, model: undefined, file: undefined },
};

/** @throws SaccadeError of kind "badInput" in one line */
export function parseCliArguments(words: readonly string[]): CliRequest {
  const { values, positionals } = parse(words);
  const [command, file, ...rest] = positionals;
  if (values.help || command === 'help')
    return { ...NOTHING, storeFolder: storeFolder(values.store), command: 'help', task: { kind: 'summarise' } };
  if (rest.length > 0) throw new SaccadeError('badInput', `One file at a time: "${rest[0]!}" is one too many.`);
  const request = {
    lines: values.lines ?? false,
    beams: beams(values.beams ?? '1'),
    nBest: values['n-best'] ?? false,
    from: values.from === undefined ? undefined : language('--from', values.from),
    prefix: values.prefix,
    glossary: values.glossary,
    scores: values.scores ?? false,
    intervention: interventionOf(values),
    format: format(values.json === true ? 'json' : (values.format ?? 'json')),
    model: values.model,
    storeFolder: storeFolder(values.store),
    file: file === '-' ? undefined : file,
  };
  if (request.nBest && request.beams === 1) throw new SaccadeError('badInput', '--n-best needs --beams 2 or more.');
  if (request.nBest && request.scores) throw new SaccadeError('badInput', '--n-best and --scores print different things: choose one.');
  if (request.intervention && command !== 'inspect') throw new SaccadeError('badInput', 'Interventions are for inspect.');
  if (request.glossary !== undefined && values.to === undefined) throw new SaccadeError('badInput', '--glossary needs --to LANGUAGE.');
  switch (command) {
    case 'translate':
      if (values.to === undefined && values.model !== undefined) return { ...request, command, task: { kind: 'text2text' } };
      if (values.to === undefined) throw new SaccadeError('badInput', `translate needs --to LANGUAGE, one of: ${LANGUAGES.join(' ')}.`);
      return { ...request, command, task: { kind: 'translate', to: language('--to', values.to) } };
    case 'summarise':
      return { ...request, command, task: { kind: values.headline ? 'headline' : 'summarise' } };
    case 'reconstruct':
    case 'detect':
      return { ...request, command, task: { kind: 'reconstruct' } };
    case 'inspect':
      if (!values.json && values.format === undefined)
        throw new SaccadeError('badInput', `inspect needs --format, one of: ${TEXT_FORMATS.join(' ')}.`);
      return {
        ...request,
        command,
        task:
          values.to === undefined
            ? { kind: values.model === undefined ? 'summarise' : 'text2text' }
            : { kind: 'translate', to: language('--to', values.to) },
      };
    default:
      throw new SaccadeError(
        'badInput',
        `${command === undefined ? 'A command is missing' : `"${command}" is no command`}: translate, summarise, reconstruct, detect, inspect or models.`,
      );
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        from: { type: 'string' },
        model: { type: 'string' },
        store: { type: 'string' },
        beams: { type: 'string' },
        'n-best': { type: 'boolean' },
        lines: { type: 'boolean' },
        prefix: { type: 'string' },
        glossary: { type: 'string' },
        scores: { type: 'boolean' },
        ...INTERVENTION_OPTIONS,
        headline: { type: 'boolean' },
        json: { type: 'boolean' },
        format: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new SaccadeError('badInput', (error as Error).message.split('\n')[0]!);
  }
}

function format(value: string): TextFormat {
  const found = TEXT_FORMATS.find((each) => each === value);
  if (found !== undefined) return found;
  throw new SaccadeError('badInput', `--format ${value} is not known, use one of: ${TEXT_FORMATS.join(' ')}.`);
}

function beams(value: string): number {
  if (/^[1-8]$/.test(value)) return Number(value);
  throw new SaccadeError('badInput', `--beams ${value} is not a whole number from 1 to 8.`);
}

function language(option: string, value: string): Language {
  if (isLanguage(value)) return value;
  throw new SaccadeError('badInput', `${option} ${value} is not a known language, use one of: ${LANGUAGES.join(' ')}.`);
}
