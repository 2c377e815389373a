/** What is to be done after a time without work. Knows not what. */

export interface IdleAction {
  readonly afterSeconds: number;
  readonly act: () => void;
}

export class IdleTimers {
  private timers: ReturnType<typeof setTimeout>[] = [];

  /** Begins to wait anew; whatever was waited for before is dropped. */
  waitFor(actions: readonly IdleAction[]): void {
    this.timers.forEach(clearTimeout);
    this.timers = actions.map(({ afterSeconds, act }) => setTimeout(act, afterSeconds * 1000));
  }
}
