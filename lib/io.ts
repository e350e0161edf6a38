/** stdout and stderr: the only file that touches the terminal. */

export interface Sink {
  /** Resolves when the sink can take more: awaiting it is backpressure. */
  write(chunk: string | Uint8Array): Promise<void>;
}
