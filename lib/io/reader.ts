/** Notices that nobody reads stdout any more while nothing is being written to it: a long query is not to go on then. */
import { close, constants, fstatSync, open } from 'node:fs';
import type { Destination } from './sink.js';

/** A handle of libuv's, as far as it is used here. */
interface Handle {
  open(fd: number): number;
  readStart(): number;
  close(): void;
  unref(): void;
  onread: (() => void) | undefined;
}

interface Binding {
  readonly TCP: new (type: number) => Handle;
  readonly constants: { readonly SOCKET: number };
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace NodeJS {
    interface Process {
      binding(name: 'tcp_wrap'): Binding;
    }
  }
}

/** Most runs are over by then, and need no watch. */
const BEGIN_AFTER_MS = 250;
const SOCKET_EVERY_MS = 250;

/** Keeps nothing alive. Where the system does not tell, a reader that has gone shows at the next write. */
export function watchReader(stream: Destination, onGone: () => void): void {
  const { fd } = stream;
  if (fd === undefined || stream.isTTY === true) return;
  setTimeout(() => {
    const kind = fstatSync(fd);
    if (kind.isSocket()) watchSocket(stream, onGone);
    else if (kind.isFIFO() && process.platform === 'linux') watchPipe(fd, onGone);
  }, BEGIN_AFTER_MS).unref();
}

/** Sending nothing fails where nobody is at the other end. */
function watchSocket(stream: Destination, onGone: () => void): void {
  const timer = setInterval(() => {
    if (stream.destroyed) {
      clearInterval(timer);
    } else if (stream.writableLength === 0) {
      stream.write('', (error) => {
        if (error instanceof Error) onGone();
      });
    }
  }, SOCKET_EVERY_MS);
  timer.unref();
}

/**
 * poll(2): POLLERR is told of the write end of a pipe whatever is asked for, once no read end is left. Node polls
 * what it reads or is about to write, and refuses to read a write end, but not where it takes it for a socket.
 */
function watchPipe(fd: number, onGone: () => void): void {
  // A description of its own: what is not to block is not to be so for those who share stdout with us.
  open(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK, (error, own) => {
    if (error !== null) {
      if (error.code === 'ENXIO') onGone();
      return;
    }
    try {
      const { TCP, constants } = bindingOf();
      const handle = new TCP(constants.SOCKET);
      handle.onread = () => {
        handle.close();
        onGone();
      };
      if (handle.open(own) !== 0 || handle.readStart() !== 0) handle.close();
      else handle.unref();
    } catch {
      // No such inside in this Node.
      close(own, () => undefined);
    }
  });
}

/** Node calls it deprecated, which is nothing that our users are to read. */
function bindingOf(): Binding {
  const before = process.noDeprecation ?? false;
  process.noDeprecation = true;
  try {
    return process.binding('tcp_wrap');
  } finally {
    process.noDeprecation = before;
  }
}
