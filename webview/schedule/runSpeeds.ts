/** How long the work on a text takes, from what was done last. Knows no worker. */
import type { RunMeasures } from '../../src/shared/engineStatus.ts';
import type { RunOrder } from '../../src/shared/messages.ts';
import { characters, type Slice } from './runSchedule.ts';

export class RunSpeeds {
  private readonly secondsPerCharacter = new Map<string, number>();

  /** Whether a slice of a run like this one has been measured. */
  isKnown(order: RunOrder): boolean {
    return this.secondsPerCharacter.has(kindOf(order));
  }

  /** Of one worker; 0 before the speed is known. */
  secondsFor(order: RunOrder, characterCount: number): number {
    return (this.secondsPerCharacter.get(kindOf(order)) ?? 0) * characterCount;
  }

  note(order: RunOrder, slice: Slice, { encodeSeconds, decodeSeconds }: RunMeasures): void {
    this.secondsPerCharacter.set(kindOf(order), (encodeSeconds + decodeSeconds) / characters(slice.texts));
  }
}

/** Runs of a kind take about as long for each character. */
function kindOf({ task, beams }: RunOrder): string {
  return `${task.kind} ${beams}`;
}
