/** The settings of the guard: functions and extensions that reads may use although nothing proves them harmless. */
import { z } from 'zod/v3';

export interface GuardAllowance {
  /** `schema.function`, or `schema.function(argument types)` for one of several. */
  readonly functions: readonly string[];
  readonly extensions: readonly string[];
}

/** PostgreSQL's identifiers: bare, or in double quotes with the quotes inside doubled. */
const IDENTIFIER = String.raw`(?:[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|"(?:[^"\0]|"")+")`;
const FUNCTION = new RegExp(String.raw`^${IDENTIFIER}\.${IDENTIFIER}(?:\s*\([^();]*\))?$`);
const EXTENSION = /^[^\s,;'"()/\\]+$/;

/** @param instead ends the descriptions: "; instead of …" */
export function guardSettings(instead = '') {
  return z
    .object(
      {
        functions: names(FUNCTION, 'expected schema.function or schema.function(argument types)')
          .optional()
          .describe(
            `functions that reads may call, as schema.name or schema.name(types)${instead}`,
          ),
        extensions: names(EXTENSION, 'expected the name of an extension')
          .optional()
          .describe(`extensions whose functions reads may call${instead}`),
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
