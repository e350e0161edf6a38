/** What a server's errors and a broken connection mean for the person: sentence, hint and kind of error. */
import { ConnectionError, ConnectionLostError, StatementError } from '../errors.js';
import { errorFields } from './protocol.js';

/** The fields of ErrorResponse (PostgreSQL manual, "Error and Notice Message Fields") that are told. */
export interface ServerError {
  /** Never translated. */
  readonly severity?: string | undefined;
  /** SQLSTATE */
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: string | undefined;
}

/** By its shape: the driver's class has no name that lasts. */
function isServerError(error: unknown): error is Error & ServerError {
  return isFailure(error) && 'severity' in error && /^[0-9A-Z]{5}$/.test(error.code ?? '');
}

/** Also one of Node's own that was not made by this program's Error. */
function isFailure(error: unknown): error is NodeJS.ErrnoException & { readonly reason?: string } {
  return typeof error === 'object' && error !== null && 'message' in error;
}

/**
 * What a failed statement is told as; anything that is not about the database stays what it is.
 *
 * @param lastWords what the server said last: a session that it ended is told with its reason
 */
export function statementError(error: unknown, sql: string, lastWords?: Buffer): unknown {
  if (!isServerError(error)) {
    return isWireFailure(error) ? sessionEnded(lastWords, error) : error;
  }
  // Class 57P is the server ending the session: shutdown, crash, a DBA's pg_terminate_backend.
  if (error.severity === 'FATAL' || error.severity === 'PANIC') return endedByServer(error, error);
  return new StatementError(
    error.detail === undefined ? error.message : `${error.message} (${error.detail})`,
    {
      cause: error,
      sqlstate: error.code,
      hint: error.hint,
      sql,
      position: error.position === undefined ? undefined : Number(error.position),
    },
  );
}

/** A session that is over, by the server's word or by the network's. */
export function sessionEnded(lastWords: Buffer | undefined, cause?: unknown): ConnectionLostError {
  const farewell = lastWords === undefined ? undefined : fatalIn(lastWords);
  if (farewell !== undefined) return endedByServer(farewell, cause);
  return new ConnectionLostError('the connection to the database was lost', {
    cause,
    hint: 'what was printed is not the whole result; run it again',
  });
}

function endedByServer({ message, code }: ServerError, cause: unknown): ConnectionLostError {
  return new ConnectionLostError(`the server ended the connection: ${message}`, {
    cause,
    sqlstate: code,
    hint: LOST_HINTS[code] ?? 'run it again once the server is up',
  });
}

/** ErrorResponse at the end of a stream, which the driver forgets when the stream ends right behind it. */
function fatalIn(bytes: Buffer): ServerError | undefined {
  const found = /E[^]{4}S[^\0]*\0V(?:FATAL|PANIC)\0C[0-9A-Z]{5}\0M/.exec(bytes.toString('latin1'));
  return found === null ? undefined : errorFields(bytes.subarray(found.index + 5));
}

const LOST_HINTS: Readonly<Record<string, string>> = {
  '57P01': 'somebody ended the session, or the server is shutting down: run it again',
  '57P02': 'a server process crashed: run it again once the server is up',
  '57P05': 'the session was idle for too long: run it again',
  '25P03': 'the rows were not taken for too long; limits.idleTimeoutMs says how long that may be',
};

/** Codes of postgres.js and of node's sockets: the stream failed, not the statement. */
export function isWireFailure(error: unknown): boolean {
  const code = isFailure(error) ? error.code : undefined;
  return (
    typeof code === 'string' &&
    /^(CONNECTION_|CONNECT_TIMEOUT|E[A-Z]+$|ERR_STREAM|ERR_SSL|ERR_SOCKET)/.test(code)
  );
}

/** SQLSTATE (PostgreSQL appendix A) → what the person can do about it. */
const CONNECT_HINTS: Readonly<Record<string, string>> = {
  '28P01': 'check the user and the password (URL, PGPASSWORD or ~/.pgpass)',
  '28000': 'check the user, the database and pg_hba.conf on the server',
  '3D000': 'check the database name; psql -l lists what there is',
  '42501': 'the role needs the right CONNECT on this database',
  '42704': 'a setting in options, or a variable such as PGTZ, is not known there',
  '22023':
    'a setting in options, or a variable such as PGTZ, has a value that the server does not take',
  '53300': 'the server has no free connection slots: try again later',
  '55000': 'this database takes no connections',
  '57P03': 'the server is starting up or shutting down: try again in a moment',
  '57P01': 'the server is shutting down: try again in a moment',
};

/** What a server says instead of letting somebody in. */
export function refusedByServer(error: ServerError, cause?: unknown): ConnectionError {
  return new ConnectionError(`the server refused the connection: ${error.message}`, {
    cause,
    sqlstate: error.code,
    hint: hintFor(error),
  });
}

function hintFor({ code, message, hint }: ServerError): string | undefined {
  if (code === '28000' && /pg_hba\.conf/.test(message)) {
    return /no encryption|SSL off/.test(message)
      ? 'the server may want TLS: sslmode=require; else pg_hba.conf there needs a line for this client'
      : 'pg_hba.conf on the server needs a line for this client, user and database';
  }
  if (code === '28000' && /certificate/.test(message)) {
    return 'give a client certificate of this user: sslcert and sslkey';
  }
  if (code === '28000' && /does not exist/.test(message)) return 'check the user name';
  if (/unsupported startup parameter/.test(message)) {
    return 'the pooler in between does not pass this setting on: take it out of the connection, or name it in its ignore_startup_parameters';
  }
  return (
    CONNECT_HINTS[code] ??
    hint ??
    'the log of the server, or of the pooler before it, may tell more'
  );
}

/** What keeps a session from being there. */
export function connectError(error: unknown): unknown {
  if (error instanceof ConnectionError) return error;
  if (isServerError(error)) return refusedByServer(error, error);
  if (!isFailure(error)) return error;
  if (isWireFailure(error) || /closed the connection/.test(error.message)) {
    return new ConnectionError(`the connection was not made: ${wordsFor(error)}`, {
      cause: error,
      hint: /CERTIFICATE|UNKNOWN_CA/.test(error.code ?? '')
        ? 'the server does not take the client certificate, or wants one: check sslcert and sslkey'
        : 'is this a PostgreSQL server, and does it accept connections from here?',
    });
  }
  return error;
}

function wordsFor({ code, message, reason }: NodeJS.ErrnoException & { reason?: string }): string {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the server closed the connection';
  // OpenSSL's own line leads with addresses and ends with the place in its source.
  return reason ?? message;
}
