/** A query as SQL: lower case, one clause a line, names quoted only where they have to be. */
import { relationNamer } from '../../catalog/ddl.js';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.js';
import type { Condition, Expression, Node, Output, Query, Scope } from '../meaning/query.js';
import { isNumeric } from '../schema/roles.js';
import type { Field, Schema, Step } from '../schema/schema.js';
import { bucket, days, digitsBeside, likePattern, years } from './literals.js';
import { holdsSubquery, mayBeNull } from './traits.js';

export function printSql(query: Query, schema: Schema): string {
  return new Printer(schema).query(query);
}

/** The rows of a query's first table, as a statement that changes them tells which they are. */
export interface PrintedRows {
  /** As it stands behind DELETE FROM and UPDATE. */
  readonly table: string;
  /** Empty where all rows are meant. */
  readonly where: string;
}

/** The query's own condition where it is of this table alone; otherwise the keys of its rows. */
export function printRows(query: Query, schema: Schema): PrintedRows {
  return new Printer(schema).rows(query);
}

class Printer {
  /** Denied conditions that hold of what is unknown as well. */
  readonly #firm = new WeakSet<Condition>();
  readonly #nameOf: (schema: string, name: string) => string;
  readonly #aliases = new Map<Node, string>();
  readonly #taken = new Set<string>();

  constructor(schema: Schema) {
    this.#nameOf = relationNamer(schema.catalog);
  }

  query(query: Query): string {
    const inner = this.#select(query);
    if (query.over === undefined) return inner;
    const last = query.outputs.at(-1)!;
    const body = inner
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n');
    return `select ${query.over.fn}(${quoteIdentifier(last.name)}) as ${quoteIdentifier(query.over.name)}\nfrom (\n${body}\n) groups`;
  }

  rows(query: Query): PrintedRows {
    const { scope, limit } = query;
    const { root, nodes } = scope;
    if (nodes.length === 1 && limit === undefined) {
      this.#name(root, !holdsSubquery(scope, [], [], []));
      return {
        table: `${this.#table(root)}${this.#alias(root)}`,
        where: this.#where(scope, 'where').join('\n'),
      };
    }
    const names = root.table.key.map(({ column }) => quoteIdentifier(column.name));
    const outputs = root.table.key.map((field): Output => ({
      expression: { type: 'column', node: root, field },
      name: field.column.name,
    }));
    const inner = indented(this.#select({ ...query, outputs, distinct: false }));
    const key = names.length === 1 ? names[0]! : `(${names.join(', ')})`;
    return { table: this.#table(root), where: `where ${key} in ${inner}` };
  }

  #select(query: Query): string {
    return query.per === undefined ? this.#plain(query) : this.#ranked(query, query.per);
  }

  /** Each group's rows are numbered by their rank, and the first ones are kept. */
  #ranked(query: Query, per: readonly Expression[]): string {
    const { outputs, orderBy, limit = 1, rows } = query;
    const [first] = orderBy;
    this.#nameIn(query);
    const keys = new Set(per.map((expression) => this.#expression(expression)));
    const groups = outputs.flatMap(({ expression, name }) =>
      keys.has(this.#expression(expression)) ? [quoteIdentifier(name)] : [],
    );
    const ordered = this.#directed(
      this.#expression(first!.expression),
      first!.expression,
      first!.descending,
    );
    const place = freeName(outputs);
    const over = `rank() over (partition by ${[...keys].join(', ')} order by ${ordered}) as ${place}`;
    const inner = this.#plain({ ...query, orderBy: [], limit: undefined }, [over]);
    const names = outputs.map(({ name }) => quoteIdentifier(name));
    const isKey = ({ expression: one }: Output) =>
      one.type === 'column' && one.node.table === rows && rows.key.includes(one.field);
    const told = outputs.filter(isKey).map(({ name }) => quoteIdentifier(name));
    const total = rows.key.length > 0 && told.length === rows.key.length;
    const rest = (total ? told : names).filter((name) => !groups.includes(name));
    return [
      `select ${names.join(', ')}`,
      `from (\n${inner
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}\n) ranked`,
      `where ${place} ${limit === 1 ? '=' : '<='} ${limit}`,
      `order by ${[...groups, ...(limit === 1 ? [] : [place]), ...rest].join(', ')}`,
    ].join('\n');
  }

  #directed(by: string, expression: Expression, descending: boolean): string {
    return `${by}${descending ? ` desc${mayBeNull(expression) ? ' nulls last' : ''}` : ''}`;
  }

  #plain(query: Query, more: readonly string[] = []): string {
    const { scope, outputs, distinct, groupBy, having = [], orderBy, limit, offset, ties } = query;
    this.#nameIn(query);
    const groups = groupBy.map((expression) => this.#expression(expression));
    const orders = orderBy.map(({ expression, descending }) => {
      const output = outputs.find(
        (one) => this.#expression(one.expression) === this.#expression(expression),
      );
      // An output's alias says the same in fewer words, unless it is a column of that name anyway.
      const by =
        output !== undefined && expression.type !== 'column'
          ? quoteIdentifier(output.name)
          : this.#expression(expression);
      return this.#directed(by, expression, descending);
    });
    const cut =
      limit === undefined
        ? []
        : ties
          ? [`fetch first ${limit} row${limit === 1 ? '' : 's'} with ties`]
          : [`limit ${limit}${offset === undefined ? '' : ` offset ${offset}`}`];
    // WITH TIES compares the whole order: what only makes it total would leave no ties.
    const sorted = ties ? orders.filter((_, i) => !orderBy[i]!.tie) : orders;
    return [
      `select ${distinct ? 'distinct ' : ''}${[...outputs.map((output) => this.#output(output)), ...more].join(', ')}`,
      ...this.#from(scope),
      ...this.#where(scope, 'where'),
      ...(groups.length === 0 ? [] : [`group by ${groups.join(', ')}`]),
      ...(having.length === 0
        ? []
        : [`having ${having.map((one) => this.#condition(one, 'and')).join('\n  and ')}`]),
      ...(sorted.length === 0 ? [] : [`order by ${[...new Set(sorted)].join(', ')}`]),
      ...cut,
    ].join('\n');
  }

  #output({ expression, name }: Output): string {
    const sql = this.#expression(expression);
    const plain = expression.type === 'column' && expression.field.column.name === name;
    return plain ? sql : `${sql} as ${quoteIdentifier(name)}`;
  }

  #from(scope: Scope): string[] {
    return scope.nodes.map((node) => {
      const table = `${this.#table(node)}${this.#alias(node)}`;
      if (node.join === undefined) return `from ${table}`;
      return `${node.optional ? 'left join' : 'join'} ${table} on ${this.#on(node.join.step, node.join.to, node)}`;
    });
  }

  #table({ table: { relation } }: Node): string {
    return this.#nameOf(relation.schema, relation.name);
  }

  #alias(node: Node): string {
    const alias = this.#aliases.get(node);
    return alias === undefined || alias === '' ? '' : ` ${alias}`;
  }

  /** The step's columns equal on both sides. */
  #on({ on }: Step, from: Node, to: Node): string {
    return on
      .map(([own, other]) => `${this.#column(to, other)} = ${this.#column(from, own)}`)
      .join(' and ');
  }

  #where(scope: Scope, keyword: string): string[] {
    const linked =
      scope.outer === undefined ? [] : [this.#on(scope.outer.step, scope.outer.node, scope.root)];
    const all = [...linked, ...scope.where.map((one) => this.#condition(one, 'and'))];
    return all.length === 0 ? [] : [`${keyword} ${all.join('\n  and ')}`];
  }

  #nameIn({ scope, outputs, orderBy, having = [] }: Query): void {
    const single = scope.nodes.length === 1 && !holdsSubquery(scope, outputs, orderBy, having);
    for (const node of scope.nodes) this.#name(node, single);
  }

  #name(node: Node, alone: boolean): void {
    if (this.#aliases.has(node)) return;
    if (alone) {
      this.#aliases.set(node, '');
      return;
    }
    const initials =
      node.table.words
        .map((word) => word[0] ?? '')
        .join('')
        .replace(/[^a-z]/g, '') || 't';
    let alias = initials;
    for (let i = 2; this.#taken.has(alias) || quoteIdentifier(alias) !== alias; i++)
      alias = `${initials}${i}`;
    this.#taken.add(alias);
    this.#aliases.set(node, alias);
  }

  #column(node: Node, { column }: Field): string {
    const name = quoteIdentifier(column.name);
    const alias = this.#aliases.get(node);
    return alias === undefined || alias === '' ? name : `${alias}.${name}`;
  }

  #expression(expression: Expression): string {
    switch (expression.type) {
      case 'column':
        return this.#column(expression.node, expression.field);
      case 'bucket':
        return bucket(expression.grain, this.#expression(expression.of), expression.field);
      case 'number':
        return `cast(${this.#expression(expression.of)} as numeric)`;
      case 'product':
        return expression.factors.map((factor) => this.#expression(factor)).join(' * ');
      case 'aggregate': {
        const of = expression.of === undefined ? '*' : this.#expression(expression.of);
        return `${expression.fn}(${expression.distinct && expression.of !== undefined ? 'distinct ' : ''}${of})`;
      }
      case 'subquery':
        return this.#subquery(
          expression.scope,
          (this.#nameAll(expression.scope), this.#expression(expression.value)),
        );
    }
  }

  #nameAll(scope: Scope): void {
    for (const node of scope.nodes) this.#name(node, false);
  }

  #subquery(scope: Scope, what: string): string {
    this.#nameAll(scope);
    const lines = [`select ${what}`, ...this.#from(scope), ...this.#where(scope, 'where')];
    return indented(lines.join('\n'));
  }

  #condition(condition: Condition, context: 'and' | 'or' | 'not'): string {
    switch (condition.type) {
      case 'compare': {
        const { left, operator, right } = condition;
        const value =
          'digits' in right
            ? digitsBeside(left, right.digits)
            : 'text' in right
              ? quoteLiteral(right.text).trim()
              : this.#expression(right);
        return `${this.#expression(left)} ${operator} ${value}`;
      }
      case 'between':
        return `${this.#expression(condition.left)} between ${digitsBeside(condition.left, condition.low)} and ${digitsBeside(condition.left, condition.high)}`;
      case 'in':
        return this.#in(condition);
      case 'span':
        return this.#span(condition, context);
      case 'null':
        return `${this.#expression(condition.left)} is ${condition.not ? 'not ' : ''}null`;
      case 'truth':
        return condition.value
          ? this.#expression(condition.left)
          : `not ${this.#expression(condition.left)}`;
      case 'like': {
        const pattern = likePattern(condition.how, condition.text);
        return `${this.#expression(condition.left)} ${condition.not ? 'not ' : ''}ilike ${quoteLiteral(pattern).trim()}`;
      }
      case 'within': {
        this.#nameAll(condition.scope);
        const inner = this.#subquery(condition.scope, this.#expression(condition.value));
        return `${this.#expression(condition.left)} ${condition.not ? 'not ' : ''}in ${inner}`;
      }
      case 'exists':
        // Of all it is true only where of none it is unknown: an order without a status is not a paid one.
        if (condition.not) for (const one of condition.scope.where) this.#firm.add(one);
        return `${condition.not ? 'not ' : ''}exists ${this.#subquery(condition.scope, '1')}`;
      case 'every': {
        const { scope, linked } = condition;
        const missing: Condition = { type: 'exists', scope: linked, not: true };
        return `not exists ${this.#subquery({ ...scope, where: [...scope.where, missing] }, '1')}`;
      }
      case 'among':
        return `${this.#expression(condition.left)} in ${indented(this.#select(condition.query))}`;
      case 'any':
      case 'all': {
        const word = condition.type === 'any' ? 'or' : 'and';
        const parts = condition.of.map((one) => this.#condition(one, word));
        if (parts.length === 0) return 'true';
        const text = parts.join(` ${word} `);
        return parts.length > 1 && (context !== word || context === 'or') ? `(${text})` : text;
      }
      case 'not': {
        const text = this.#condition(condition.of, 'not');
        return this.#firm.has(condition) ? `(${text}) is not true` : `not (${text})`;
      }
    }
  }

  #in(condition: Extract<Condition, { type: 'in' }>): string {
    const { left, values, not } = condition;
    const numeric = left.type === 'column' && isNumeric(left.field);
    const literals = values.map((value) =>
      numeric && /^\d+$/.test(value) ? value : quoteLiteral(value).trim(),
    );
    const column = this.#expression(left);
    const firm = not && this.#firm.has(condition) && mayBeNull(left);
    const unequal = firm ? 'is distinct from' : '<>';
    if (literals.length === 1) return `${column} ${not ? unequal : '='} ${literals[0]!}`;
    const list = `in (${literals.join(', ')})`;
    if (firm) return `(${column} ${list}) is not true`;
    return `${column} ${not ? 'not ' : ''}${list}`;
  }

  #span({ left, field, span }: Extract<Condition, { type: 'span' }>, context: string): string {
    const column = this.#expression(left);
    const parts =
      field.role === 'year' ? years(column, span, field.family === 'text') : days(column, span);
    const text = parts.join(' and ');
    return parts.length > 1 && context === 'or' ? `(${text})` : text;
  }
}

/** What no column of the result is called. */
function freeName(outputs: readonly Output[]): string {
  const taken = new Set(outputs.map(({ name }) => name));
  return ['place', 'place_in_group', 'place_within'].find((name) => !taken.has(name))!;
}

/** A statement inside of another. */
function indented(sql: string): string {
  return `(\n${sql
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n  )`;
}
