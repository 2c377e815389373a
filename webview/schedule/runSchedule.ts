/** How one run is divided among workers: which texts come next, whose results go where, how far it is. Knows no worker. */
import { distinctTexts, type DistinctTexts } from '../../src/shared/distinctTexts.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';

/** Texts that one worker is given at a time. */
export interface Slice {
  /** Index of its first text among the run's distinct texts. */
  readonly first: number;
  readonly texts: readonly string[];
}

/** How far a run or a slice is; `text` is the target so far of `segment`, the first one in the making, which counts from 0. */
export interface Progress {
  readonly finished: number;
  readonly segment: number;
  readonly text: string;
}

/** `results[i]` is that of segment `segments[i]` of the run. */
export interface PlacedResults {
  readonly segments: readonly number[];
  readonly results: readonly SegmentResult[];
}

export interface SliceOptions {
  /** Where more than one slice is left: one batch only, to learn the speed by. */
  readonly probe?: boolean;
}

/** Enough to keep a device busy. */
const SMALLEST_SLICE = 32;
/** So many of the smallest: the engine finds batches of like length among them. More make them no better, and their results would come late. */
const LARGEST_SLICE = 4;
/** Slices that each worker still gets, so that all end at about the same time. */
const SLICES_LEFT_FOR_EACH = 2;

export class RunSchedule {
  private readonly distinct: DistinctTexts;
  /** How many of the distinct texts have been handed out. */
  private given = 0;
  /** Handed out before, to be handed out again. */
  private readonly returned: Slice[] = [];
  private finished = 0;
  private readonly open = new Map<Slice, Progress>();

  /** Characters of distinct texts whose results are not there yet. */
  charactersLeft: number;

  constructor(segments: readonly string[]) {
    this.distinct = distinctTexts(segments);
    this.charactersLeft = characters(this.distinct.texts);
  }

  /** Whether a worker has a slice that it has not answered. */
  get isAnyOpen(): boolean {
    return this.open.size > 0;
  }

  get isComplete(): boolean {
    return !this.isAnyOpen && this.returned.length === 0 && this.charactersLeft === 0 && this.given === this.distinct.texts.length;
  }

  /**
   * The next texts, or undefined where all have been handed out. Slices shrink towards the end.
   * @param workers how many share the run from here on
   */
  next(workers: number, { probe = false }: SliceOptions = {}): Slice | undefined {
    const again = this.returned.pop();
    if (again) return this.opened(again);
    const { texts } = this.distinct;
    const left = texts.length - this.given;
    if (left === 0) return undefined;
    const isLong = left > LARGEST_SLICE * SMALLEST_SLICE;
    const share = workers === 1 ? LARGEST_SLICE : Math.ceil(left / (SLICES_LEFT_FOR_EACH * workers * SMALLEST_SLICE));
    const size = (probe && isLong ? 1 : Math.min(LARGEST_SLICE, share)) * SMALLEST_SLICE;
    const slice = { first: this.given, texts: texts.slice(this.given, this.given + size) };
    this.given += slice.texts.length;
    return this.opened(slice);
  }

  private opened(slice: Slice): Slice {
    this.open.set(slice, { finished: 0, segment: 0, text: '' });
    return slice;
  }

  /** @param progress of the slice: its segments are the slice's texts */
  progressed(slice: Slice, progress: Progress): void {
    if (this.open.has(slice)) this.open.set(slice, progress);
  }

  /** @param results of the slice's texts, in their order */
  completed(slice: Slice, results: readonly SegmentResult[]): PlacedResults {
    this.open.delete(slice);
    this.charactersLeft -= characters(slice.texts);
    const places = slice.texts.map((_, index) => this.distinct.places[slice.first + index]!);
    const segments = places.flat();
    this.finished += segments.length;
    return { segments, results: places.flatMap((own, index) => own.map(() => results[index]!)) };
  }

  /** The slice's texts stay without results. */
  dropped(slice: Slice): void {
    this.open.delete(slice);
  }

  /** The slice's texts go to another worker. */
  giveBack(slice: Slice): void {
    this.open.delete(slice);
    this.returned.push(slice);
  }

  /** Of all workers together; the text is that of the first segment in the making. */
  get progress(): Progress {
    let { finished } = this;
    let current: Pick<Progress, 'segment' | 'text'> | undefined;
    for (const [{ first }, { finished: done, segment, text }] of this.open) {
      finished += done;
      const place = this.distinct.places[first + segment]![0]!;
      // Slices are handed out in the order of the texts, but the worker that was asked first need not have written first.
      if (text !== '' && (current === undefined || place < current.segment)) current = { segment: place, text };
    }
    return { finished, segment: current?.segment ?? 0, text: current?.text ?? '' };
  }
}

export function characters(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
