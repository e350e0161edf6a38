/**
 * The trees that the catalog keeps (`pg_node_tree`): the server's own print of what it has resolved (outfuncs.c,
 * read back by readfuncs.c). Only calls and the types of their arguments are taken from them.
 */

export interface StoredCall {
  /** `FUNCEXPR`, `OPEXPR`, `AGGREF`, `MINMAXEXPR` … */
  readonly kind: string;
  /** OID of the function or operator; 0 where the node names none. */
  readonly oid: number;
  readonly argumentTypes: readonly number[];
  /** False where no column, parameter or subquery is below: the planner computes such a call. */
  readonly varies: boolean;
}

interface TreeNode {
  readonly kind: string;
  readonly fields: Map<string, Value[]>;
}
type Value = TreeNode | Value[] | string;

export function storedCalls(tree: string): StoredCall[] {
  const calls: StoredCall[] = [];
  visit(parseTree(tree), calls);
  return calls;
}

const CALLS: Readonly<Record<string, string>> = {
  FUNCEXPR: 'funcid',
  AGGREF: 'aggfnoid',
  WINDOWFUNC: 'winfnoid',
  OPEXPR: 'opno',
  DISTINCTEXPR: 'opno',
  NULLIFEXPR: 'opno',
  SCALARARRAYOPEXPR: 'opno',
  MINMAXEXPR: '',
  ROWCOMPAREEXPR: '',
  SORTGROUPCLAUSE: '',
};
const VARYING = new Set(['VAR', 'PARAM', 'SUBLINK', 'QUERY']);
/** Fields that say of which type a node's value is. */
const TYPE_FIELDS = [
  ...['vartype', 'consttype', 'paramtype', 'aggtype', 'wintype', 'funcresulttype', 'opresulttype'],
  ...['resulttype', 'casetype', 'array_typeid', 'row_typeid', 'coalescetype', 'minmaxtype'],
  ...['refrestype', 'refelemtype'],
];

/** Whether something below varies. Deep trees are as deep as the server's own recursion lets them be. */
function visit(value: Value, calls: StoredCall[]): boolean {
  if (typeof value === 'string') return false;
  if (Array.isArray(value)) return value.map((item) => visit(item, calls)).includes(true);
  const inner = [...value.fields.values()].map((item) => visit(item, calls)).includes(true);
  const varies = inner || VARYING.has(value.kind);
  const named = CALLS[value.kind];
  if (named !== undefined) {
    const operands = ['args', 'largs', 'rargs'].flatMap((key) => value.fields.get(key) ?? []);
    calls.push({
      kind: value.kind,
      oid: named === '' ? 0 : Number(value.fields.get(named)?.[0] ?? 0),
      argumentTypes: nodesIn(operands).map(typeOf),
      varies,
    });
  }
  return varies;
}

function nodesIn(values: readonly Value[]): TreeNode[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [];
    if (Array.isArray(value)) return nodesIn(value);
    // An aggregate's arguments are entries of a target list.
    return value.kind === 'TARGETENTRY' ? nodesIn(value.fields.get('expr') ?? []) : [value];
  });
}

function typeOf({ fields }: TreeNode): number {
  const field = TYPE_FIELDS.find((name) => fields.has(name));
  return field === undefined ? 0 : Number(fields.get(field)?.[0] ?? 0);
}

/** A node, a list, a constant's bytes, a quoted string, or a bare word; `\` takes away a character's meaning. */
const TOKENS = /[{}()]|\[[^\]]*\]|"(?:[^"\\]|\\.)*"|(?:[^\s(){}"\\]|\\.)+/gs;

function parseTree(tree: string): Value[] {
  const tokens = tree.match(TOKENS) ?? [];
  let at = 0;

  function list(end: string): Value[] {
    const items: Value[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (token === end) return items;
      if (token === '{') items.push(node());
      else if (token === '(') items.push(list(')'));
      else items.push(token);
    }
    return items;
  }

  function node(): TreeNode {
    const [kind, ...rest] = list('}');
    const fields = new Map<string, Value[]>();
    let values: Value[] = [];
    for (const item of rest) {
      if (typeof item === 'string' && item.startsWith(':')) {
        values = [];
        fields.set(item.slice(1), values);
      } else values.push(item);
    }
    return { kind: typeof kind === 'string' ? kind : '', fields };
  }

  return list('');
}
