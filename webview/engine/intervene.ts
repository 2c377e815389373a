/** An intervention carried out: masks for the inspect pass, and the encoder's states as the decoder is to read them. Knows no text. */
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { attentionName } from '../../src/shared/attention/attentionNames.ts';
import { fromComponents, principalComponents } from '../../src/shared/attention/principalComponents.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import { t } from '../../src/shared/words.ts';
import type { ModelConfig } from './modelConfig.ts';
import type { DecoderMemory, InspectedEncoder, Inspector } from './seq2seqModel.ts';

export interface Intervened {
  readonly encoded: InspectedEncoder;
  readonly memory: DecoderMemory;
}

/** @throws SaccadeError of kind "badInput" that names what the model or the source does not have */
export async function intervene(
  inspector: Inspector,
  config: ModelConfig,
  sourceIds: readonly number[],
  intervention: Intervention,
): Promise<Intervened> {
  const { maskedSource, encoder } = intervention;
  const sourceMask = maskOf(sourceIds.length, maskedSource, t('All source tokens are hidden: leave at least one.'));
  const encoded = await inspector.encode(sourceIds, sourceMask, headMask(config, 'encoder', intervention));
  const memory = {
    states: encoded.hiddenStates.data.subarray(-sourceIds.length * config.hiddenSize),
    sourceMask,
    decoderHeads: headMask(config, 'decoder', intervention),
    crossHeads: headMask(config, 'cross', intervention),
  };
  return { encoded, memory: readBy(memory, encoder, config.hiddenSize) };
}

function readBy(memory: DecoderMemory, encoder: Intervention['encoder'], hiddenSize: number): DecoderMemory {
  const { sourceMask, crossHeads } = memory;
  switch (encoder.kind) {
    case 'whole':
      return memory;
    case 'silenced':
      return { ...memory, crossHeads: new Float32Array(crossHeads.length) };
    case 'states':
      return { ...memory, sourceMask: keptMask(sourceMask, encoder.positions) };
    case 'components':
      return { ...memory, states: ofLeadingComponents(memory, hiddenSize, encoder.count) };
  }
}

/** `[source positions, hiddenSize]`: the states that are there, as far as their leading components tell. */
function ofLeadingComponents({ states, sourceMask }: DecoderMemory, hiddenSize: number, count: number): Float32Array {
  const there = [...sourceMask.keys()].filter((position) => sourceMask[position] !== 0);
  const known = new Float32Array(there.length * hiddenSize);
  there.forEach((position, row) => known.set(states.subarray(position * hiddenSize, (position + 1) * hiddenSize), row * hiddenSize));
  const projected = fromComponents(principalComponents(known, there.length, hiddenSize, count));
  const all = states.slice();
  there.forEach((position, row) => all.set(projected.subarray(row * hiddenSize, (row + 1) * hiddenSize), position * hiddenSize));
  return all;
}

function keptMask(sourceMask: Float32Array, positions: readonly number[]): Float32Array {
  const dropped = [...sourceMask.keys()].filter((position) => sourceMask[position] === 0 || !positions.includes(position));
  for (const position of positions) checkPosition(position, sourceMask.length);
  return maskOf(sourceMask.length, dropped, t('All encoder states are dropped: leave at least one.'));
}

/** 0 at the hidden positions. */
function maskOf(length: number, hidden: readonly number[], ifAll: string): Float32Array {
  const mask = new Float32Array(length).fill(1);
  for (const position of hidden) {
    checkPosition(position, length);
    mask[position] = 0;
  }
  if (mask.includes(1)) return mask;
  throw new SaccadeError('badInput', ifAll);
}

function checkPosition(position: number, length: number): void {
  if (Number.isInteger(position) && position >= 0 && position < length) return;
  throw new SaccadeError('badInput', t('The source has no token {0}: they count from 0 to {1}.', position, length - 1));
}

function headMask(config: ModelConfig, kind: AttentionKind, { knockedOut }: Intervention): Float32Array {
  const layers = kind === 'encoder' ? config.encoderLayers : config.decoderLayers;
  const heads = kind === 'encoder' ? config.encoderHeads : config.decoderHeads;
  const mask = new Float32Array(layers * heads).fill(1);
  for (const place of knockedOut) {
    if (place.kind !== kind) continue;
    if (place.layer >= layers || place.head >= heads) {
      throw new SaccadeError(
        'badInput',
        t(
          '{0} has no head {1} in layer {2}: it has layers 0 to {3}, heads 0 to {4}.',
          attentionName(kind),
          place.head,
          place.layer,
          layers - 1,
          heads - 1,
        ),
      );
    }
    mask[place.layer * heads + place.head] = 0;
  }
  return mask;
}
