/** Operators that an expression uses, with the operands of each call. */
import type { Tree } from '../parse.js';
import type { OperatorReference } from '../references.js';
import { listOf, qualified } from './node.js';

/** BETWEEN stands for two comparisons, IN for one with each member; the others name what they call. */
export function operators(fields: Tree, location: number | undefined): OperatorReference[] {
  const kind = fields['kind'];
  const left = fields['lexpr'] as Tree | undefined;
  const right = fields['rexpr'] as Tree | undefined;
  const members =
    right !== undefined && 'List' in right ? listOf((right['List'] as Tree)['items']) : undefined;
  const others = members ?? (right === undefined ? [] : [right]);
  const pairs =
    left === undefined ? others.map((one) => [one]) : others.map((other) => [left, other]);
  const elementwise = kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL';
  const names = /BETWEEN/.test(String(kind))
    ? [['<'], ['>'], ['<='], ['>=']]
    : [qualified(fields['name'])];
  const rows = pairs.every(([one, other]) => !isRow(one) || isRow(other))
    ? pairs.flatMap(columnwise)
    : undefined;
  return names.map((name) => ({
    ...{ names: name, location, pairs: rows, columns: undefined, elementwise },
    node: fields,
  }));
}

/** Rows are compared column by column. */
function columnwise(pair: readonly (Tree | undefined)[]): Tree[][] {
  const [left, right] = pair.map((node) =>
    listOf((node?.['RowExpr'] as Tree | undefined)?.['args']),
  );
  if (left === undefined || left.length === 0 || left.length !== right?.length)
    return [pair as Tree[]];
  return left.flatMap((one, i) => columnwise([one, right[i]]));
}

function isRow(node: Tree | undefined): boolean {
  return node !== undefined && 'RowExpr' in node;
}

export function subLink(fields: Tree, location: number | undefined): OperatorReference {
  const subquery: Tree = {
    SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: fields['subselect'], location: -1 },
  };
  return {
    names: fields['operName'] === undefined ? ['='] : qualified(fields['operName']),
    location,
    pairs: isRow(fields['testexpr'] as Tree) ? undefined : [[fields['testexpr'] as Tree, subquery]],
    columns: undefined,
    elementwise: false,
    node: fields,
  };
}

/** The equality of columns that are named, or of all. */
export function equality(
  columns: readonly string[] | undefined,
  location: number | undefined,
  node: Tree,
): OperatorReference {
  return { names: ['='], location, pairs: undefined, columns, elementwise: false, node };
}
