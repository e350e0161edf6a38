/** The settings of the guard: functions and extensions that reads may use although nothing proves them harmless. */
import { z } from 'zod/v3';

export interface GuardAllowance {
  /** `schema.function`, or `schema.function(argument types)` for one of several. */
  readonly functions: readonly string[];
  readonly extensions: readonly string[];
}

/** Extensions that only compute: no text of theirs is run as SQL, nothing outside the statement is touched. */
export const COMPUTING_EXTENSIONS: readonly string[] = [
  ...['btree_gin', 'btree_gist', 'citext', 'cube', 'earthdistance', 'fuzzystrmatch', 'hstore'],
  ...['intarray', 'isn', 'ltree', 'pg_stat_statements', 'pg_trgm', 'pgcrypto', 'postgis', 'seg'],
  ...['tsm_system_rows', 'tsm_system_time', 'unaccent', 'uuid-ossp', 'vector'],
];

/** PostgreSQL's identifiers: bare, or in double quotes with the quotes inside doubled. */
const IDENTIFIER = String.raw`(?:[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|"(?:[^"\0]|"")+")`;
const FUNCTION = new RegExp(String.raw`^${IDENTIFIER}\.${IDENTIFIER}(?:\s*\([^();]*\))?$`);
const EXTENSION = /^[^\s,;'"()/\\]+$/;

/** @param instead ends the descriptions: "; instead of …" */
export function guardSettings(instead?: string) {
  const list = names(EXTENSION, 'expected the name of an extension');
  // A list that is written takes the place of the default one.
  const extensions =
    instead === undefined ? list.default([...COMPUTING_EXTENSIONS]) : list.optional();
  return settings(extensions, instead ?? '');
}

function settings<Extensions extends z.ZodTypeAny>(extensions: Extensions, instead: string) {
  return z
    .object(
      {
        functions: names(FUNCTION, 'expected schema.function or schema.function(argument types)')
          .optional()
          .describe(
            `functions that reads may call, as schema.name or schema.name(types)${instead}`,
          ),
        extensions: extensions.describe(`extensions whose functions reads may call${instead}`),
      },
      { invalid_type_error: 'expected an object in braces' },
    )
    .strict();
}

function names(one: RegExp, expected: string) {
  return z.array(z.string({ invalid_type_error: expected }).regex(one, expected), {
    invalid_type_error: 'expected a list in brackets',
  });
}
