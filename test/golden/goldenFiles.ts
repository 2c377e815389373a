/** Reads what Python's transformers and tokenizers made of fixed texts. */
import { readdirSync, readFileSync } from 'node:fs';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import type { Language, Task } from '../../src/shared/task.ts';

const FOLDER = new URL('../fixtures/golden/', import.meta.url);

export interface GoldenCase {
  readonly name: string;
  readonly task: {
    readonly name: 'translate' | 'summarise' | 'headline' | 'reconstruct';
    readonly language: Language | null;
    readonly id: number;
  };
  readonly text: string;
  readonly protectedText: string;
  readonly protectedSpans: readonly string[];
  readonly sourceIds: readonly number[];
  readonly sourceSpans: readonly (readonly [number, number])[];
  readonly targetIds: readonly number[];
  readonly overruled: readonly number[];
  readonly targetText: string;
  readonly beams: { readonly count: number; readonly limit: number; readonly targetIds: readonly number[]; readonly score: number };
  readonly logits: {
    readonly topIds: readonly (readonly number[])[];
    readonly topValues: readonly (readonly number[])[];
    readonly fixedIds: readonly number[];
    readonly fixedValues: readonly (readonly number[])[];
  };
  /** `[chosen layers][chosen heads][queries][keys]` */
  readonly attentions: {
    readonly heads: readonly number[];
    readonly encoderLayers: readonly number[];
    readonly decoderLayers: readonly number[];
    readonly encoder: readonly (readonly (readonly (readonly number[])[])[])[];
    readonly decoder: readonly (readonly (readonly (readonly number[])[])[])[];
    readonly cross: readonly (readonly (readonly (readonly number[])[])[])[];
  };
}

/** A translation that must have the wanted words. */
export interface TermCase extends Pick<GoldenCase, 'name' | 'task' | 'text' | 'targetText'> {
  readonly terms: readonly { readonly source: string; readonly target: string }[];
  readonly limit: number;
  /** Each with more terms as protected spans than the one before. */
  readonly readings: readonly Pick<GoldenCase, 'protectedText' | 'protectedSpans' | 'sourceIds' | 'targetIds' | 'overruled'>[];
}

/** What becomes of a text when the model is intervened in. */
export interface IntervenedCase extends Pick<GoldenCase, 'name' | 'task' | 'text' | 'sourceIds' | 'targetIds'> {
  readonly limit: number;
  readonly alternatives: { readonly ids: readonly (readonly number[])[]; readonly logProbabilities: readonly (readonly number[])[] };
  readonly cases: readonly {
    readonly intervention: Intervention;
    readonly targetIds: readonly number[];
    readonly targetText: string;
    readonly overruled: readonly number[];
    readonly logProbabilities: readonly number[];
    /** Of the target that is written without intervention. */
    readonly originalLogProbabilities: readonly number[];
  }[];
  /** Source positions, the one with most cross-attention first. */
  readonly mostAttended: readonly number[];
  /** Log-probabilities of the target when so many states or components are kept; no state is not possible. */
  readonly bottleneck: readonly {
    readonly count: number;
    readonly states: readonly number[] | null;
    readonly components: readonly number[];
  }[];
  /** Log-probability of each source token when the source is restored from its own states. */
  readonly reconstruction: readonly number[];
  /** The first four numbers of each position's state. */
  readonly encoderHiddenStates: { readonly first: readonly (readonly number[])[]; readonly last: readonly (readonly number[])[] };
  /** Of the last layer: `[keys][heads][heads]`. */
  readonly valueProducts: Readonly<Record<AttentionKind, readonly (readonly (readonly number[])[])[]>>;
}

export interface TokenizerCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly spans: readonly (readonly [number, number])[];
  readonly detokenized: string;
}

export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => read(name) as GoldenCase);
}

export function termCases(): readonly TermCase[] {
  return readdirSync(new URL('terms/', FOLDER)).map((name) => read(`terms/${name}`) as TermCase);
}

export function intervenedCases(): readonly IntervenedCase[] {
  return readdirSync(new URL('interventions/', FOLDER)).map((name) => read(`interventions/${name}`) as IntervenedCase);
}

export function tokenizerCases(): readonly TokenizerCase[] {
  return (read('tokenizer/texts.json') as { texts: readonly TokenizerCase[] }).texts;
}

export function taskOf({ task }: Pick<GoldenCase, 'task'>): Task {
  return task.name === 'translate' ? { kind: 'translate', to: task.language! } : { kind: task.name };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}
