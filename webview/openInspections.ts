/** The questions about segments that the pool's first worker was asked and has not answered: each is answered once. Knows no run. */
import { failureOf, type Failure } from '../src/shared/failure.ts';
import type { PageToWorker } from '../src/shared/messages.ts';
import type { MemberEvents, PoolMember } from './poolMember.ts';

type Events = Pick<MemberEvents, 'inspected' | 'inspectFailed' | 'inspectStopped'>;

export class OpenInspections {
  private readonly open = new Set<number>();

  /** @param onChange a question has been asked or answered */
  constructor(
    private readonly events: Events,
    private readonly onChange: () => void,
  ) {}

  get count(): number {
    return this.open.size;
  }

  /** What the worker's answers are to be told to. */
  get answers(): Events {
    const { inspected, inspectFailed, inspectStopped } = this.events;
    return {
      inspected: (message) => this.answered(message, () => inspected(message)),
      inspectFailed: (message) => this.answered(message, () => inspectFailed(message)),
      inspectStopped: (message) => this.answered(message, () => inspectStopped(message)),
    };
  }

  /** @param member of the engine that has the model, once there is one */
  ask(request: PageToWorker['inspect'], member: Promise<PoolMember | undefined>): void {
    const { requestId } = request;
    this.open.add(requestId);
    this.onChange();
    member
      .then((first) => first?.inspect(request))
      .catch((error: unknown) => this.answers.inspectFailed({ requestId, failure: failureOf(error) }));
  }

  refuse({ requestId }: PageToWorker['inspect'], failure: Failure): void {
    this.events.inspectFailed({ requestId, failure });
  }

  /** The worker that was asked is gone. */
  failAll(failure: Failure): void {
    for (const requestId of this.open) this.events.inspectFailed({ requestId, failure });
    this.open.clear();
  }

  private answered({ requestId }: { readonly requestId: number }, tell: () => void): void {
    this.open.delete(requestId);
    this.onChange();
    tell();
  }
}
