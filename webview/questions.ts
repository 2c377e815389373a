/** Questions to the opened model as promises. Knows neither panel nor workers. */
import { SaccadeError, type Failure } from '../src/shared/failure.ts';
import type { PageToWorker, WorkerToPage } from '../src/shared/messages.ts';
import type { Answer, Question } from '../src/shared/question.ts';
import type { SegmentResult } from '../src/shared/segmentResult.ts';
import type { Task } from '../src/shared/task.ts';

export type AnswerTo<Asked extends Question> = Extract<Answer, { readonly kind: Asked['kind'] }>;

interface Pending {
  readonly resolve: (message: WorkerToPage['inspected'] | undefined) => void;
  readonly reject: (error: Error) => void;
}

export class Questions {
  private readonly pending = new Map<number, Pending>();
  private asked = 0;

  constructor(private readonly send: (request: PageToWorker['inspect']) => void) {}

  /**
   * The answer and how long it took; undefined where it was stopped.
   * @throws SaccadeError where there is no answer
   */
  async ask<Asked extends Question>(
    task: Task,
    segment: SegmentResult,
    question: Asked,
  ): Promise<{ readonly answer: AnswerTo<Asked>; readonly seconds: number } | undefined> {
    const requestId = ++this.asked;
    const message = await new Promise<WorkerToPage['inspected'] | undefined>((resolve, reject) => {
      this.pending.set(requestId, { resolve, reject });
      this.send({ requestId, task, segment, question });
    });
    return message && { answer: message.answer as AnswerTo<Asked>, seconds: message.seconds };
  }

  /** Those that wait for an answer. */
  get open(): readonly number[] {
    return [...this.pending.keys()];
  }

  answered(message: WorkerToPage['inspected']): void {
    this.take(message.requestId)?.resolve(message);
  }

  stopped({ requestId }: WorkerToPage['inspectStopped']): void {
    this.take(requestId)?.resolve(undefined);
  }

  failed({ requestId, failure }: { readonly requestId: number; readonly failure: Failure }): void {
    this.take(requestId)?.reject(new SaccadeError(failure.kind, failure.message));
  }

  private take(requestId: number): Pending | undefined {
    const pending = this.pending.get(requestId);
    this.pending.delete(requestId);
    return pending;
  }
}
