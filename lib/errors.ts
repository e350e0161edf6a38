/** The error tree and the exit codes: every failure knows whose problem it is and how the run ends. */

/** Exit codes as the README promises them; `signal` codes are 128 + the signal's number. */
export const EXIT = {
  done: 0,
  failed: 1,
  unstarted: 2,
  refused: 3,
  model: 4,
  unknown: 5,
  limit: 6,
  notUnderstood: 7,
  check: 8,
  sighup: 129,
  sigint: 130,
  readerGone: 141,
  sigterm: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorDetails {
  /** What to do about it, as a sentence. */
  hint?: string | undefined;
  cause?: unknown;
  /** Five characters, as the server sent them. */
  sqlstate?: string | undefined;
  /** The statement that the error is about. */
  sql?: string | undefined;
  /** Where in the statement, in characters from 1. */
  position?: number | undefined;
  /** Of the first character behind what it is about. */
  end?: number | undefined;
  /** What could have been meant, most likely first. */
  choices?: readonly string[] | undefined;
  /** What a request could mean, each in words and as the statement that it would be. */
  readings?: readonly PossibleReading[] | undefined;
  /** Which limit was reached, by its flag's name. */
  limit?: string | undefined;
}

export interface PossibleReading {
  readonly text: string;
  readonly sql: string;
}

/**
 * A failure that is somebody's to mend. Anything thrown that is not one of these is a bug: it exits with 1 and
 * shows its stack only under --debug.
 */
export abstract class PgaskError extends Error {
  /** A stable name for scripts (`--errors json`). */
  abstract readonly code: string;
  abstract readonly exit: ExitCode;
  /** True where the model may mend it: it goes back as an observation instead of ending the run. */
  readonly recoverable: boolean = false;
  readonly hint: string | undefined;
  readonly sqlstate: string | undefined;
  readonly sql: string | undefined;
  readonly position: number | undefined;
  readonly end: number | undefined;
  readonly choices: readonly string[] | undefined;
  readonly readings: readonly PossibleReading[] | undefined;
  readonly limit: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
    this.sqlstate = details.sqlstate;
    this.sql = details.sql;
    this.position = details.position;
    this.end = details.end;
    this.choices = details.choices;
    this.readings = details.readings;
    this.limit = details.limit;
  }
}

/** Flags and arguments that do not fit. */
export class UsageError extends PgaskError {
  readonly code: string = 'usage';
  readonly exit = EXIT.unstarted;
}

/** A configuration that can't be used. */
export class ConfigError extends PgaskError {
  readonly code = 'config';
  readonly exit = EXIT.unstarted;
}

/** No connection to the database. */
export class ConnectionError extends PgaskError {
  readonly code = 'connection';
  readonly exit = EXIT.unstarted;
}

/** The connection broke while a statement ran; what it read so far is not the whole. */
export class ConnectionLostError extends PgaskError {
  readonly code = 'connection_lost';
  readonly exit = EXIT.failed;
}

/** The database refused a statement. The model may try another. */
export class StatementError extends PgaskError {
  readonly code = 'statement';
  readonly exit = EXIT.failed;
  override readonly recoverable: boolean = true;
}

/** The database failed while rows were already being written: what was written is not the whole. */
export class BrokenResultError extends PgaskError {
  readonly code = 'statement';
  readonly exit = EXIT.failed;
}

/** The database refused a change that was approved: it was rolled back, and nothing tries it again. */
export class ChangeFailedError extends PgaskError {
  readonly code = 'statement';
  readonly exit = EXIT.failed;
}

/** A tool was called with input that does not fit. The model may call again. */
export class ToolInputError extends PgaskError {
  readonly code = 'tool_input';
  readonly exit = EXIT.model;
  override readonly recoverable: boolean = true;
}

/** The result could not be written. */
export class OutputError extends PgaskError {
  readonly code = 'output';
  readonly exit = EXIT.failed;
}

/** A local file (a session, say) can't be read or written. */
export class FileError extends PgaskError {
  readonly code = 'file';
  readonly exit = EXIT.failed;
}

/** What a refused statement would have done. `read` means that it changes nothing but is not acceptable. */
export const EFFECTS = ['read', 'write', 'ddl', 'admin'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Refused by policy. Recoverable only while nothing would have been altered: a grant is the user's to give. */
export class RefusedError extends PgaskError {
  readonly code = 'refused';
  readonly exit = EXIT.refused;
  override readonly recoverable: boolean;
  readonly rule: string;
  readonly effect: Effect;

  /** @param details.mendable another statement may well do, whatever this one would have done */
  constructor(
    message: string,
    details: ErrorDetails & { rule: string; effect: Effect; mendable?: boolean | undefined },
  ) {
    super(message, details);
    this.rule = details.rule;
    this.effect = details.effect;
    this.recoverable = details.effect === 'read' || details.mendable === true;
  }
}

/** The connection was lost at COMMIT, and the server could not be asked what became of it. */
export class OutcomeUnknownError extends PgaskError {
  readonly code = 'outcome_unknown';
  readonly exit = EXIT.unknown;
}

/** A file of the working directory would decide what only the person may, and nobody has said that it may. */
export class UntrustedError extends PgaskError {
  readonly code = 'untrusted';
  readonly exit = EXIT.refused;
}

/** The model is unreachable, refuses, or gives no usable answer. */
export class ModelError extends PgaskError {
  readonly code = 'model';
  readonly exit = EXIT.model;
}

/** A limit was reached. */
export class LimitError extends PgaskError {
  readonly code = 'limit';
  readonly exit = EXIT.limit;

  constructor(message: string, details: ErrorDetails & { limit: string }) {
    super(message, details);
  }
}

/** The request is ambiguous, or outside what the model can do. */
export class NotUnderstoodError extends PgaskError {
  readonly code = 'not_understood';
  readonly exit = EXIT.notUnderstood;
}

/** What was to hold does not: the result is there, and says by how much. */
export class CheckError extends PgaskError {
  readonly code = 'check';
  readonly exit = EXIT.check;
}

/** SIGINT, SIGTERM, or a reader that went away: the run stops in silence. */
export class InterruptedError extends PgaskError {
  readonly code = 'interrupted';
  readonly exit: ExitCode;

  constructor(exit: ExitCode) {
    super('interrupted');
    this.exit = exit;
  }
}

/**
 * The candidate that a mistyped word most likely meant, or undefined where none is near.
 *
 * Optimal string alignment distance (a transposition counts once), at most a third of the word's length.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A hint that names the nearest candidate, or lists them all where none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near !== undefined) return `did you mean ${near}?`;
  return candidates.length === 0 ? 'there are none' : `known are: ${candidates.join(', ')}`;
}

/** Optimal string alignment distance in UTF-16 units. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
