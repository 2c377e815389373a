/** Carries out an intervention as the command line words it: what only the model can tell is looked up first. */
import type { Engine } from '../../webview/engine/engine.ts';
import type { EncoderUse } from '../shared/intervention.ts';
import { mostAttended } from '../shared/mostAttended.ts';
import type { WhatIf } from '../shared/question.ts';
import type { SegmentResult } from '../shared/segmentResult.ts';
import type { Task } from '../shared/task.ts';
import type { InterventionRequest } from './interventionOptions.ts';

/** @throws SaccadeError of kind "badInput" that names what the model or the source does not have */
export async function intervened(engine: Engine, task: Task, segment: SegmentResult, request: InterventionRequest): Promise<WhatIf> {
  const { encoder, forcedPrefix } = request;
  return engine.whatIf(task, segment, {
    ...request,
    forcedPrefix: engine.forcedPrefix(forcedPrefix, segment.sourceText),
    encoder: encoder.kind === 'mostAttended' ? await statesKept(engine, task, segment, encoder.count) : encoder,
  });
}

async function statesKept(engine: Engine, task: Task, segment: SegmentResult, count: number): Promise<EncoderUse> {
  const { crossAttentions } = await engine.inspect(task, segment);
  return { kind: 'states', positions: mostAttended(crossAttentions).slice(0, count) };
}
