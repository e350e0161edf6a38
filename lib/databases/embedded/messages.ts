/** What the program and the thread of the embedded database say to each other. */

export type Request =
  /** Makes a data directory with an empty database, and closes it again. Answered by `done`. */
  | { readonly type: 'create'; readonly directory: string }
  /** Opens a data directory. Answered by `done`. */
  | { readonly type: 'open'; readonly directory: string }
  /** Whole messages of PostgreSQL's frontend protocol. Answered by `bytes`, as many as it takes. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** Writes a checkpoint and shuts down. Answered by `done`. */
  | { readonly type: 'close' };

export type Reply =
  /** A request is fulfilled; they are taken in their order. */
  | { readonly type: 'done' }
  /** The backend's answers, cut anywhere. With the last of them the request is fulfilled. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array; readonly last: boolean }
  /** The thread is of no more use. */
  | { readonly type: 'failed'; readonly message: string };
