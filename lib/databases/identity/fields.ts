/** Attribute notation: `c.purge` is a column where the row has one, and else a call of purge(c). */
import type { Tree } from '../../sql/parse.js';
import type { FunctionReference } from '../../sql/references.js';
import { candidatesOf } from './calls.js';
import { against, type Check, type Context } from './context.js';

export const checkFields: Check = async (context) => {
  const { references, world } = context;
  for (const reference of references.functions) {
    if (reference.use !== 'field') continue;
    const candidates = candidatesOf(reference, context);
    await world.learn({ functions: candidates });
    const objections = candidates.flatMap(({ oid }) => world.objectionTo(oid) ?? []);
    if (objections.length === 0 || (await isColumn(reference, context))) continue;
    return against('attribute-call', objections[0]!, reference.location, 'it is no column, and ');
  }
  return undefined;
};

/**
 * The row is spread in a subquery and the column asked for: a record that is made there has no functions of a user's,
 * except those that take any type.
 */
async function isColumn(reference: FunctionReference, context: Context): Promise<boolean> {
  const { operands, node } = reference;
  const name = reference.names[0]!;
  const candidates = candidatesOf(reference, context);
  const takesAnything = candidates.some(({ argumentTypes: [type = 0] }) => ANYTHING.has(type));
  if (takesAnything) return false;
  const wrapped = operands[0]!;
  const spread: Tree =
    'ColumnRef' in wrapped
      ? star((wrapped['ColumnRef'] as Tree)['fields'] as Tree[])
      : { A_Indirection: { arg: wrapped, indirection: [{ A_Star: {} }] } };
  // The rest of a longer path is left out: what is asked is whether this step is a column.
  const answer = await context.parses(node, columnOf(spread, name));
  return answer === true || (answer !== undefined && !['42703', '42883', '42601'].includes(answer));
}

/** pg_type.dat: record, any and the polymorphic types. */
const ANYTHING = new Set([2249, 2276, 2283, 2776, 5077, 5079]);

function star(fields: readonly Tree[]): Tree {
  return { ColumnRef: { fields: [...fields, { A_Star: {} }] } };
}

/** `(select x.name from (select row.*) x)` */
function columnOf(spread: Tree, name: string): Tree {
  const alias = { aliasname: 'pgask_row' };
  return {
    SubLink: {
      subLinkType: 'EXPR_SUBLINK',
      subselect: select(
        { ColumnRef: { fields: [{ String: { sval: 'pgask_row' } }, { String: { sval: name } }] } },
        [{ RangeSubselect: { subquery: select(spread), alias } }],
      ),
    },
  };
}

function select(value: Tree, from?: readonly Tree[]): Tree {
  return {
    SelectStmt: {
      targetList: [{ ResTarget: { val: value } }],
      ...(from === undefined ? {} : { fromClause: from }),
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  };
}
