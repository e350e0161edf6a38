/** Attribute notation: `c.purge` is a column where the row has one, and else a call of purge(c). */
import { fromOf, scalarOf, selectOf, starOf } from '../../sql/build.js';
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

/** What the server says where a column is there and something else does not fit. */
const OTHERWISE = ['42883', '42804', '42702', '42725'];

/**
 * The row is spread in a subquery and joined by the name in question: USING takes nothing but columns, where
 * `row.name` could be a call again.
 */
async function isColumn(reference: FunctionReference, context: Context): Promise<boolean> {
  const wrapped = reference.operands[0]!;
  const spread: Tree =
    'ColumnRef' in wrapped
      ? starOf((wrapped['ColumnRef'] as Tree)['fields'] as Tree[])
      : { A_Indirection: { arg: wrapped, indirection: [{ A_Star: {} }] } };
  const answer = await context.parses(reference.node, joined(spread, reference.names[0]!));
  return answer === true || (answer !== undefined && OTHERWISE.includes(answer));
}

/** `(select 1 from (select row.*) a join (select null as name) b using (name))` */
function joined(spread: Tree, name: string): Tree {
  const join = {
    jointype: 'JOIN_INNER',
    larg: fromOf(selectOf([{ val: spread }]), 'pgask_row'),
    rarg: fromOf(selectOf([{ name, val: { A_Const: { isnull: true } } }]), 'pgask_null'),
    usingClause: [{ String: { sval: name } }],
  };
  // Named as the column would be: what is outside may ask for it.
  const one = { name, val: { A_Const: { ival: { ival: 1 } } } };
  return scalarOf(selectOf([one], [{ JoinExpr: join }]));
}
