/** The whole vocabulary between host, page and worker. A line here adds a message; a missing handler is a compile error. */
import type { Calibration } from './calibration.ts';
import type { Device, DeviceChoice, EnginePath, EngineStatus, RunFacts, RunMeasures } from './engineStatus.ts';
import type { SavedRun } from './export/savedRun.ts';
import type { Failure } from './failure.ts';
import type { LossSpan, SegmentHighlight, SideSpan } from './highlight.ts';
import type { ModelReference } from './modelReference.ts';
import type { Answer, Question } from './question.ts';
import type { SegmentResult, SegmentText } from './segmentResult.ts';
import type { Language, OnlyTask, Task } from './task.ts';
import type { Term } from './terms.ts';
import type { Words } from './words.ts';

/** A file of the model or of the engine that the page has to fetch. */
export interface PageFile {
  /** Path inside the model's folder, as in the catalogue. */
  readonly path: string;
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** A model as the page loads it. */
export interface PageModel {
  readonly id: string;
  readonly files: readonly PageFile[];
  /** Undefined where its files tell what it does. */
  readonly onlyTask?: OnlyTask | undefined;
}

/** The engine as it is built for one device: the worker's code, and the runtime that belongs to it. */
export interface EngineBuild {
  readonly workerUrl: string;
  readonly wasmUrl: string;
  /** Size of both together, for the progress bar. */
  readonly bytes: number;
}

export interface RunOrder {
  readonly task: Task;
  /** Source texts; each gets one target text. */
  readonly segments: readonly string[];
  /** The language that they are written in, for models that are told; undefined where nobody knows it. */
  readonly from?: Language | undefined;
  /** Of the search; 1 is greedy decoding. */
  readonly beams: number;
  /** Texts that are in the target language already come back as they are. */
  readonly leaveTarget?: boolean;
  /** What a translation must say for words of its source. */
  readonly terms?: readonly Term[];
  /** Texts whose targets are known: they are not translated. */
  readonly remembered?: readonly Remembered[];
  /** Told with the end: how the words of each segment align, as Markdown. */
  readonly report?: boolean;
}

/** A whole segment and what it became before. */
export interface Remembered {
  readonly source: string;
  readonly target: string;
}

export interface RunRequest extends RunOrder {
  readonly runId: number;
}

export interface HostToPage {
  /** Loads the engine, or loads it again with another device. */
  load: {
    readonly engines: Readonly<Record<Device, EngineBuild>>;
    readonly model: PageModel;
    readonly device: DeviceChoice;
    /** Those of this machine, the newest first; they may be of other GPUs and models. */
    readonly calibrations: readonly Calibration[];
  };
  /** The model is loaded in the place of another one where it is not the one in use. */
  run: RunRequest & { readonly model: PageModel };
  cancel: { readonly runId: number };
  /** How long the engine may keep its memory while nobody needs it; 0: for ever. */
  idleMinutes: { readonly minutes: number };
  /** The cursors or selections are on these segments of the run's document, each named once; none: out of the run's text. */
  cursor: { readonly runId: number; readonly places: readonly CursorPlace[] };
  /** A run out of the file of this name, to be shown without the model. */
  showSavedRun: { readonly name: string; readonly run: SavedRun };
  /** The user wants nothing highlighted, neither in the editor nor in the panel. */
  clearHighlight: object;
}

export interface CursorPlace {
  /** Counts from 0. */
  readonly segment: number;
  /** None: the segment as a whole. */
  readonly spans: readonly SideSpan[];
}

export interface PageToHost {
  /** The page's script runs and can be sent `load`. */
  ready: object;
  status: { readonly status: EngineStatus };
  /** `finished` segments are done; `text` is the target so far of the first one in the making, `segment`, which counts from 0. */
  progress: { readonly runId: number; readonly finished: number; readonly segment: number; readonly text: string };
  /** Some of a run's results as soon as they are there: `results[i]` is that of segment `segments[i]`. */
  results: { readonly runId: number; readonly segments: readonly number[]; readonly results: readonly SegmentText[] };
  /** The results of all segments have been sent. */
  finished: { readonly runId: number; readonly facts: RunFacts; readonly report?: string };
  cancelled: { readonly runId: number };
  failed: { readonly runId: number; readonly failure: Failure };
  /** To be kept for the next `load`. */
  calibrated: { readonly calibration: Calibration };
  /** The pointer, a pin or the cursor is on tokens of these segments; of none, no longer. */
  highlight: { readonly runId: number; readonly highlights: readonly SegmentHighlight[] };
  /** How hard characters of a segment were to restore, to be shown for as long as nothing is pointed at; no spans: no longer. */
  heat: { readonly runId: number; readonly segment: number; readonly spans: readonly LossSpan[] };
  /** The user pressed a button of the panel that stands for a command. */
  command: { readonly command: 'stop' | 'showStatus' | 'openSavedRun' };
  /** To be written where the user says; `kind` names the format to people. */
  saveFile: { readonly name: string; readonly kind: string; readonly extension: string; readonly content: string | Uint8Array };
  copy: { readonly text: string };
  /** To be told to the user as what went wrong. */
  complaint: { readonly message: string };
}

export interface PageToWorker {
  /** Begins to load; the files come one by one. */
  load: {
    readonly modelId: string;
    readonly onlyTask: OnlyTask | undefined;
    readonly path: EnginePath;
    readonly reference: ModelReference | undefined;
    /** Paths inside the model's folder of the files that will come. */
    readonly files: readonly string[];
    /** Name of the web lock that the worker holds as long as it lives. */
    readonly lifeLock: string;
    /** For what goes wrong. */
    readonly words: Words;
  };
  wasm: { readonly content: ArrayBuffer };
  file: { readonly path: string; readonly content: ArrayBuffer };
  /** The segments are those of one slice of the run. */
  run: RunRequest;
  cancel: { readonly runId: number };
  /** Answered by `inspected`, or by `inspectFailed`; by `inspectStopped` once it is stopped. */
  inspect: { readonly requestId: number; readonly task: Task; readonly segment: SegmentResult; readonly question: Question };
  stopInspecting: { readonly requestId: number };
  measure: object;
}

export interface WorkerToPage {
  loaded: { readonly reference: ModelReference | undefined };
  loadFailed: { readonly failure: Failure };
  /** Of the runtime, after whatever may have made it grow. */
  memory: { readonly heapBytes: number };
  progress: PageToHost['progress'];
  finished: { readonly runId: number; readonly results: readonly SegmentResult[]; readonly measures: RunMeasures };
  cancelled: PageToHost['cancelled'];
  failed: PageToHost['failed'];
  inspected: { readonly requestId: number; readonly answer: Answer; readonly seconds: number };
  inspectFailed: { readonly requestId: number; readonly failure: Failure };
  inspectStopped: { readonly requestId: number };
  /** Seconds a token, of each repeat. */
  measured: { readonly secondsPerToken: readonly number[] };
  measureFailed: { readonly failure: Failure };
}
