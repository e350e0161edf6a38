/** How a failure is told on stderr: to people with the place in the statement, to scripts as one line of JSON. */
import { type ExitCode, PgaskError, RefusedError } from '../errors.js';
import { type Io, paint } from '../io.js';
import { type Place, placeOf } from '../sql/place.js';
import { pointAt } from './caret.js';
import type { SharedFlags } from './shared.js';

export async function tellFailure(
  error: unknown,
  exit: ExitCode,
  io: Io,
  flags: Partial<SharedFlags>,
): Promise<void> {
  const known = error instanceof PgaskError ? error : undefined;
  const message = known?.message ?? `internal error: ${String((error as Error).message ?? error)}`;
  const hint =
    known === undefined
      ? 'this is a bug: please report it, with the output of --debug'
      : known.hint;
  const place = known === undefined ? undefined : placeIn(known);
  if (flags.debug === true && error instanceof Error) io.talk.line(error.stack ?? '');
  if (flags.errors === 'json') {
    const { code, ...more } = known === undefined ? { code: 'bug' } : membersOf(known, place);
    io.talk.json({ error: { code, exit, message, hint, ...more } });
    return;
  }
  const color = io.talk.color(flags.color ?? 'auto');
  io.talk.line(unlike(message), `${await paint('pgask:', color)} `);
  if (place !== undefined) io.talk.line(pointAt(place));
  if (known instanceof RefusedError) io.talk.line(ruleLine(known, place));
  const readings = known?.readings ?? [];
  for (const choice of known?.choices ?? []) {
    io.talk.line(choice, '  - ');
    // What each of them would run stands below it.
    for (const { sql } of readings.filter(({ text }) => text === choice))
      io.talk.line(sql.replace(/\s+/g, ' '), '    ');
  }
  if (hint !== undefined) io.talk.line(unlike(hint), 'hint: ');
}

/** A server's words may have lines of their own, and none of them is to look like one of ours. */
function unlike(text: string): string {
  return text.replace(/\n(?=\s*(hint|pgask|warning|error|rule):)/gi, '\n  | ');
}

function placeIn({ sql, position }: PgaskError): Place | undefined {
  return sql === undefined || position === undefined ? undefined : placeOf(sql, position);
}

/** What was not given stays out of the line. */
function membersOf(known: PgaskError, place: Place | undefined) {
  const { code, sqlstate, sql, position, end, choices, readings, limit } = known;
  const { rule, effect } = known instanceof RefusedError ? known : {};
  const { line, column } = place ?? {};
  return {
    code,
    sqlstate,
    rule,
    effect,
    sql,
    position,
    end,
    line,
    column,
    choices,
    readings,
    limit,
  };
}

function ruleLine({ rule }: RefusedError, place: Place | undefined): string {
  const where = place === undefined ? '' : `, at line ${place.line}, column ${place.column}`;
  return `rule: ${rule}${where}`;
}
