/**
 * Conditions that hold for every row, as far as the text alone says so. The planner folds more, once there is a server:
 * what this misses is looked for in the plan.
 */
import type { Tree } from './parse.js';
import { namesOf, sameTree } from './walk.js';

/** SQL's three values, or undefined for what depends on a row. */
type Truth = boolean | null | undefined;
type Scalar = number | string | boolean | null;

/**
 * True where the condition is true for every row (a NULL in it aside: `x = x` is meant to be always true).
 *
 * @param neverNull columns that are known to be NOT NULL
 */
export function isAlwaysTrue(
  condition: unknown,
  neverNull: ReadonlySet<string> = new Set(),
): boolean {
  return truthOf(condition, neverNull) === true;
}

/** True where no row can fulfil the condition, as far as its text says so. */
export function isNeverTrue(condition: unknown): boolean {
  const truth = truthOf(condition, new Set());
  return truth === false || truth === null;
}

function truthOf(node: unknown, neverNull: ReadonlySet<string>): Truth {
  const [tag, fields] = entryOf(node);
  switch (tag) {
    case 'BoolExpr':
      return connected(String(fields['boolop']), listOf(fields['args']), neverNull);
    case 'A_Expr':
      return compared(fields);
    case 'NullTest': {
      const isNull = fields['nulltesttype'] === 'IS_NULL';
      const value = scalarOf(fields['arg']);
      if (value === undefined) return isNever(fields['arg'], neverNull) ? !isNull : undefined;
      return (value === null) === isNull;
    }
    case 'BooleanTest':
      return tested(String(fields['booltesttype']), truthOf(fields['arg'], neverNull));
    case 'SubLink':
      return existsAnyway(fields) ? true : undefined;
    case 'CoalesceExpr': {
      const first = truthOf(listOf(fields['args'])[0], neverNull);
      return first ?? undefined;
    }
    default: {
      const value = scalarOf(node);
      if (typeof value === 'boolean' || value === null) return value;
      return typeof value === 'string' ? readBoolean(value) : undefined;
    }
  }
}

function isNever(node: unknown, neverNull: ReadonlySet<string>): boolean {
  const [tag, fields] = entryOf(node);
  return tag === 'ColumnRef' && neverNull.has(namesOf(fields['fields']).at(-1) ?? '');
}

function connected(
  operator: string,
  args: readonly unknown[],
  neverNull: ReadonlySet<string>,
): Truth {
  const truths = args.map((arg) => truthOf(arg, neverNull));
  switch (operator) {
    case 'NOT_EXPR': {
      const [truth] = truths;
      return typeof truth === 'boolean' ? !truth : truth;
    }
    case 'AND_EXPR':
      if (truths.includes(false)) return false;
      if (truths.includes(undefined)) return undefined;
      return truths.includes(null) ? null : true;
    default:
      if (truths.includes(true) || holdTogether(args)) return true;
      if (truths.includes(undefined)) return undefined;
      return truths.includes(null) ? null : false;
  }
}

/** `x or not x`, `x is null or x is not null`, `a = 1 or a <> 1`. */
function holdTogether(args: readonly unknown[]): boolean {
  return args.some((one, i) => args.slice(i + 1).some((other) => isOpposite(one, other)));
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '=': '<>',
  '<': '>=',
  '>': '<=',
  '<>': '=',
  '>=': '<',
  '<=': '>',
};

function isOpposite(one: unknown, other: unknown): boolean {
  const [tag, fields] = entryOf(one);
  const [otherTag, others] = entryOf(other);
  if (tag === 'BoolExpr' && fields['boolop'] === 'NOT_EXPR') {
    return sameTree(listOf(fields['args'])[0], other);
  }
  if (otherTag === 'BoolExpr' && others['boolop'] === 'NOT_EXPR') return isOpposite(other, one);
  if (tag !== otherTag) return false;
  if (tag === 'NullTest') {
    return (
      fields['nulltesttype'] !== others['nulltesttype'] && sameTree(fields['arg'], others['arg'])
    );
  }
  if (tag !== 'A_Expr' || fields['kind'] !== 'AEXPR_OP' || others['kind'] !== 'AEXPR_OP')
    return false;
  const operands = (tree: Tree) => [tree['lexpr'], tree['rexpr']];
  return (
    OPPOSITES[operatorOf(fields)] === operatorOf(others) &&
    sameTree(operands(fields), operands(others))
  );
}

function compared(fields: Tree): Truth {
  const { kind, lexpr, rexpr } = fields as { kind?: string; lexpr?: unknown; rexpr?: unknown };
  const operator = operatorOf(fields);
  switch (kind) {
    case 'AEXPR_OP': {
      const [left, right] = [scalarOf(lexpr), scalarOf(rexpr)];
      if (left === undefined || right === undefined) {
        const reflexive = ['=', '<=', '>='].includes(operator);
        return reflexive && isSteady(lexpr) && sameTree(lexpr, rexpr) ? true : undefined;
      }
      return left === null || right === null ? null : compareScalars(operator, left, right);
    }
    case 'AEXPR_NOT_DISTINCT':
      return isSteady(lexpr) && sameTree(lexpr, rexpr) ? true : undefined;
    case 'AEXPR_IN': {
      const value = scalarOf(lexpr);
      const items = listOf((entryOf(rexpr)[1]['items'] ?? rexpr) as unknown);
      const found = items.some((item) => {
        const other = scalarOf(item);
        const same = value !== undefined && value !== null && other !== undefined && other !== null;
        if (same) return compareScalars('=', value, other) === true;
        return isSteady(lexpr) && sameTree(lexpr, item);
      });
      return found && operator === '=' ? true : undefined;
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      const pattern = scalarOf(rexpr);
      return /^~~\*?$/.test(operator) && typeof pattern === 'string' && /^%+$/.test(pattern)
        ? true
        : undefined;
    }
    case 'AEXPR_BETWEEN': {
      const [low, high] = listOf(entryOf(rexpr)[1]['items'] ?? rexpr);
      return isSteady(lexpr) && sameTree(lexpr, low) && sameTree(lexpr, high) ? true : undefined;
    }
    default:
      return undefined;
  }
}

function compareScalars(operator: string, left: Scalar, right: Scalar): Truth {
  if (left === null || right === null) return null;
  // A literal takes the type of what stands beside it.
  const [a, b] = typeof left === typeof right ? [left, right] : [Number(left), Number(right)];
  if (typeof a === 'number' && Number.isNaN(a)) return undefined;
  if (typeof b === 'number' && Number.isNaN(b)) return undefined;
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    // How strings are ordered is the database's to say.
    case '<':
      return typeof a === 'string' ? undefined : a < b;
    case '>':
      return typeof a === 'string' ? undefined : a > b;
    case '<=':
      return typeof a === 'string' ? undefined : a <= b;
    case '>=':
      return typeof a === 'string' ? undefined : a >= b;
    default:
      return undefined;
  }
}

function tested(test: string, truth: Truth): Truth {
  switch (test) {
    case 'IS_TRUE':
      return truth === undefined ? undefined : truth === true;
    case 'IS_NOT_TRUE':
      return truth === undefined ? undefined : truth !== true;
    case 'IS_FALSE':
      return truth === undefined ? undefined : truth === false;
    case 'IS_NOT_FALSE':
      return truth === undefined ? undefined : truth !== false;
    case 'IS_UNKNOWN':
      return truth === undefined ? undefined : truth === null;
    case 'IS_NOT_UNKNOWN':
      return truth === undefined ? undefined : truth !== null;
    default:
      return undefined;
  }
}

/** EXISTS over a query that has a row whatever the tables hold: `exists (select 1)`. */
function existsAnyway(fields: Tree): boolean {
  if (fields['subLinkType'] !== 'EXISTS_SUBLINK') return false;
  const [tag, query] = entryOf(fields['subselect']);
  return (
    tag === 'SelectStmt' &&
    ['fromClause', 'whereClause', 'havingClause', 'limitCount', 'limitOffset', 'larg'].every(
      (clause) => query[clause] === undefined,
    )
  );
}

/** A constant's value, arithmetic of numbers included; undefined for what is none. */
function scalarOf(node: unknown): Scalar | undefined {
  const [tag, fields] = entryOf(node);
  if (tag === 'A_Const') return constantOf(fields);
  if (tag === 'TypeCast') {
    const value = scalarOf(fields['arg']);
    const type = namesOf((fields['typeName'] as Tree | undefined)?.['names']).at(-1) ?? '';
    if (type === 'bool' && typeof value === 'string') return readBoolean(value);
    return /^(int[248]|numeric|float[48])$/.test(type) && typeof value === 'string'
      ? Number(value)
      : value;
  }
  if (tag === 'A_Expr' && fields['kind'] === 'AEXPR_OP') {
    const right = scalarOf(fields['rexpr']);
    const left = fields['lexpr'] === undefined ? 0 : scalarOf(fields['lexpr']);
    return typeof left === 'number' && typeof right === 'number'
      ? computed(operatorOf(fields), left, right)
      : undefined;
  }
  return undefined;
}

function computed(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return undefined;
  }
}

function constantOf(fields: Tree): Scalar | undefined {
  if (fields['isnull'] === true) return null;
  const inside = (key: string) => fields[key] as Tree | undefined;
  const boolean = inside('boolval');
  if (boolean !== undefined) return boolean['boolval'] === true;
  const integer = inside('ival');
  // libpg_query leaves out what is zero.
  if (integer !== undefined) return Number(integer['ival'] ?? 0);
  const decimal = inside('fval');
  if (decimal !== undefined) return Number(decimal['fval']);
  const text = inside('sval');
  return text === undefined ? undefined : String(text['sval'] ?? '');
}

/** As boolin reads it. */
function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return undefined;
  if ('true'.startsWith(word) || 'yes'.startsWith(word) || word === 'on' || word === '1')
    return true;
  if ('false'.startsWith(word) || 'no'.startsWith(word) || word === 'off' || word === '0')
    return false;
  return undefined;
}

/** Whether an expression has one value for a row: columns and constants, no calls. */
function isSteady(node: unknown): boolean {
  const [tag, fields] = entryOf(node);
  if (tag === 'ColumnRef' || tag === 'A_Const') return true;
  return tag === 'TypeCast' && isSteady(fields['arg']);
}

function operatorOf(fields: Tree): string {
  return namesOf(fields['name']).at(-1) ?? '';
}

function entryOf(node: unknown): [tag: string, fields: Tree] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return ['', {}];
  const [entry] = Object.entries(node as Tree);
  return entry === undefined || typeof entry[1] !== 'object' || entry[1] === null
    ? ['', {}]
    : [entry[0], entry[1] as Tree];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
