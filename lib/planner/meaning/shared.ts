/** Rows that share what is asked for: `the cities that have both shops …` where the city is a column of the shops. */
import type { Context, Place } from './place.js';
import type { Scope } from './query.js';
import { newScope } from './scope.js';

/** Makes a scope of the rows that share the asked columns with a place's row; undefined where none are asked for there. */
export function sharing(context: Context, { node }: Place): (() => Scope) | undefined {
  const { asked } = context;
  if (asked === undefined || asked.node !== node || asked.fields.length === 0) return undefined;
  return () => {
    asked.shared = true;
    const on = asked.fields.map((field) => [field, field] as const);
    const { table } = node;
    const step = {
      from: table,
      to: table,
      on,
      toOne: false,
      optional: true,
      forward: false,
      role: [],
    };
    return newScope(table, { node, step });
  };
}
