/** Another thread that runs a script of this extension's. Knows no message; how one is started with Node and without, `#thread` and `#threadPort` say. */

type Post = (message: unknown, transfer: readonly ArrayBuffer[]) => void;

export interface Thread {
  readonly post: Post;
  readonly terminate: () => void;
}

export interface ThreadEvents {
  readonly onMessage: (received: unknown) => void;
  /** It has failed, or has ended by itself. */
  readonly onLost: (error: Error) => void;
}

/** Where the extension's built files are, for a host with a disk and for one without. */
export interface BuiltFiles {
  readonly folder: string;
  readonly read: (name: string) => Promise<Uint8Array>;
}

/** Where a thread cannot be started this throws, or the thread is lost at once. */
export type StartThread = (events: ThreadEvents) => Thread | Promise<Thread>;

/** What the thread's script hears and says. */
export type OpenPort = (onMessage: (received: unknown) => void) => Post;
