/**
 * What a query says, whatever way it takes: two queries with a text in common find the same, though one joins where
 * the other asks whether there is a row, one looks a key up that the other compares where it is referred to, or one
 * shows a row twice. Orders that only make a result total are no meaning either.
 */
import type { Field, Step } from '../schema/schema.js';
import type { Condition, Expression, Node, Query, Scope } from './query.js';
import { conditionText, expressionText, list, rightText, type Telling } from './telling.js';

/** The query's conditions as one graph: tables, the keys between them, and what holds of their rows. */
interface Graph {
  readonly nodes: Node[];
  readonly edges: { readonly from: Node; readonly to: Node; readonly step: Step }[];
  readonly where: Condition[];
}

/** The texts of a query, one from each table's point of view where that makes no difference; sorted. */
export function gistOf(query: Query): readonly string[] {
  const { root } = query.scope;
  if (!isOfSet(query)) return [new Teller(rowGraph(query.scope), root).query(query)];
  const graph = emptyGraph();
  collect(query.scope, graph, true);
  return graph.nodes.map((node) => new Teller(graph, node).query(query)).sort();
}

export function sameGist(a: readonly string[], b: readonly string[]): boolean {
  return a.some((text) => b.includes(text));
}

function emptyGraph(): Graph {
  return { nodes: [], edges: [], where: [] };
}

/** A scope as it stands: every row of its root counts. */
function rowGraph(scope: Scope): Graph {
  const graph = emptyGraph();
  collect(scope, graph, false);
  return graph;
}

/** @param open whether it makes no difference how often a row is found: then what has to be there is joined */
function collect(scope: Scope, graph: Graph, open: boolean): void {
  for (const node of scope.nodes) {
    graph.nodes.push(node);
    const { join } = node;
    if (join !== undefined) graph.edges.push({ from: join.to, to: node, step: join.step });
  }
  for (const one of scope.where.flatMap(flat)) {
    const there = one.type === 'exists' && !one.not ? one.scope : undefined;
    const outer = there?.outer;
    if (there !== undefined && outer !== undefined && (open || outer.step.toOne)) {
      graph.edges.push({ from: outer.node, to: there.root, step: outer.step });
      collect(there, graph, open);
    } else graph.where.push(one);
  }
}

function flat(condition: Condition): Condition[] {
  return condition.type === 'all' ? condition.of.flatMap(flat) : [condition];
}

/** True where the result stays the same however often a row is found. */
function isOfSet({ scope, outputs, having, orderBy, limit, per }: Query): boolean {
  if (per !== undefined) return false;
  if (limit !== undefined && limit > 1) return false;
  const shown = [...outputs, ...orderBy.filter(({ tie }) => !tie)];
  return (
    shown.every(({ expression }) => isOfValues(expression, scope)) &&
    (having ?? []).every((one) => one.type === 'compare' && isOfValues(one.left, scope))
  );
}

function isOfValues(expression: Expression, scope: Scope): boolean {
  if (expression.type !== 'aggregate') return expression.type !== 'product';
  return (
    expression.distinct ||
    expression.fn === 'min' ||
    expression.fn === 'max' ||
    countedKey(expression, scope) !== undefined
  );
}

/** What `count(*)` counts, each once: the rows of a table with a key, where no join repeats them. */
function countedKey(expression: Expression, { root, nodes }: Scope): Expression | undefined {
  if (expression.type !== 'aggregate' || expression.fn !== 'count') return undefined;
  const [key, ...more] = root.table.key;
  if (expression.of !== undefined || key === undefined || more.length > 0) return undefined;
  if (nodes.some(({ join }) => join !== undefined && !join.step.toOne)) return undefined;
  return { type: 'column', node: root, field: key };
}

interface Reach {
  /** Undefined for the one that everything is told from. */
  readonly from?: { readonly node: Node; readonly on: Step['on']; readonly up: boolean };
  readonly path: string;
}

/** Tells expressions and conditions by the ways that lead to their tables from one of them. */
class Teller implements Telling {
  readonly #graph: Graph;
  readonly #reach = new Map<Node, Reach>();
  readonly #used: Set<Node>;

  constructor(graph: Graph, root: Node, known?: Teller) {
    this.#graph = graph;
    this.#used = known?.used() ?? new Set();
    for (const [node, reach] of known?.reached() ?? []) this.#reach.set(node, reach);
    if (!this.#reach.has(root)) this.#reach.set(root, { path: String(root.table.index) });
    let grown = true;
    while (grown) {
      grown = false;
      for (const { from, to, step } of graph.edges) {
        const forward = this.#grow(from, to, step.on, step.forward);
        const back = step.on.map(([a, b]) => [b, a] as const);
        grown = forward || this.#grow(to, from, back, !step.forward) || grown;
      }
    }
  }

  reached(): ReadonlyMap<Node, Reach> {
    return this.#reach;
  }

  used(): Set<Node> {
    return this.#used;
  }

  #grow(from: Node, to: Node, on: Step['on'], up: boolean): boolean {
    const known = this.#reach.get(from);
    if (known === undefined || this.#reach.has(to)) return false;
    const names = on.map(([a, b]) => `${a.column.name}=${b.column.name}`).join('&');
    this.#reach.set(to, {
      from: { node: from, on, up },
      path: `${known.path}${up ? '>' : '<'}${to.table.index}:${names}`,
    });
    return true;
  }

  query(query: Query): string {
    const { scope, outputs, groupBy, having, orderBy, limit, offset, ties, over, per } = query;
    const tell = (expression: Expression) =>
      expressionText(
        countedKey(expression, scope) === undefined ? expression : once(expression, scope),
        this,
      );
    const shown = outputs.map(({ expression }) => tell(expression));
    const keys = groupBy.map(tell);
    const seen = keys.filter((key) => shown.includes(key));
    const orders = orderBy
      .filter(({ tie }) => !tie)
      .map(({ expression, descending }) => ({ by: tell(expression), descending }));
    const sorted = orders
      .filter(({ by }, i) => orders.findIndex((other) => other.by === by) === i)
      .map(({ by, descending }) => `${by}${descending ? '-' : '+'}`);
    const held = (having ?? []).map((one) =>
      one.type === 'compare'
        ? `${tell(one.left)}${one.operator}${rightText(one, this)}`
        : conditionText(one, this),
    );
    return [
      list(shown),
      list(seen.length > 0 ? seen : keys),
      list(held),
      sorted.join(' '),
      `${limit ?? ''} ${offset ?? ''} ${ties ? 'ties' : ''} ${over?.fn ?? ''} ${list((per ?? []).map(tell))}`,
      this.where(),
    ].join('\n');
  }

  /**
   * What holds of the graph's rows, and the tables that have to be there beside those. That a column is not null goes
   * without saying where it is compared, or where a row hangs on it.
   */
  where(): string {
    const said = this.#graph.where.filter((one) => !this.#isThere(one));
    const told = said.map((one) => ({ one, text: conditionText(one, this) }));
    const compared = told.filter(({ one }) => one.type !== 'null').map(({ text }) => text);
    const conditions = told.flatMap(({ one, text }) => {
      const idle =
        one.type === 'null' &&
        one.not &&
        (compared.some((other) => other.includes(expressionText(one.left, this))) ||
          this.#isJoined(one.left));
      return idle ? [] : [text];
    });
    const paths = new Set(
      this.#graph.nodes.flatMap((node) => (this.#isNeeded(node) ? [this.#path(node)] : [])),
    );
    return `${list([...new Set(conditions)])} over ${list([...paths])}`;
  }

  /** A row that is referred to is there; one that refers to it has to be looked for. */
  #isNeeded(node: Node): boolean {
    const from = this.#reach.get(node)?.from;
    return from?.up !== true || this.#used.has(node) || this.#isPassed(node);
  }

  #isPassed(node: Node): boolean {
    return this.#graph.nodes.some(
      (other) => this.#reach.get(other)?.from?.node === node && this.#isNeeded(other),
    );
  }

  /** True of a column by which two tables are joined that are both told. */
  #isJoined(expression: Expression): boolean {
    if (expression.type !== 'column') return false;
    const { node, field } = expression;
    return this.#graph.edges.some(({ from, to, step: { on } }) => {
      const own = from === node ? 0 : to === node ? 1 : undefined;
      const hangs = own !== undefined && on.some((pair) => pair[own] === field);
      if (from.optional || to.optional) return false;
      return hangs && this.#isNeeded(from) && this.#isNeeded(to);
    });
  }

  /** `exists` of the very rows that a join has come from. */
  #isThere(condition: Condition): boolean {
    if (condition.type !== 'exists' || condition.not) return false;
    const { outer, where, nodes } = condition.scope;
    if (outer === undefined || where.length > 0 || nodes.length > 1) return false;
    const back = outer.step.on.map(([a, b]) => [b, a] as const);
    return this.#graph.edges.some(
      ({ to, step }) =>
        to === outer.node &&
        step.from === outer.step.to &&
        step.on.every(([a, b], i) => a === back[i]?.[0] && b === back[i]?.[1]),
    );
  }

  #path(node: Node): string {
    return this.#reach.get(node)?.path ?? '?';
  }

  /** A column that a key makes equal to another one is told by the nearer of both. */
  column(of: Node, its: Field): string {
    let [node, field] = [of, its];
    for (
      let from = this.#reach.get(node)?.from;
      from !== undefined;
      from = this.#reach.get(node)?.from
    ) {
      const pair = from.on.find(([, to]) => to === field);
      if (pair === undefined) break;
      [node, field] = [from.node, pair[0]];
    }
    this.#used.add(node);
    return `${this.#path(node)}.${field.column.name}`;
  }

  result(query: Query): string {
    return gistOf(query).join('|');
  }

  /** A subquery, told from where it stands; without a value it is asked only whether there is a row. */
  inside(scope: Scope, value?: Expression): string {
    const graph = emptyGraph();
    const { outer } = scope;
    if (outer !== undefined) {
      graph.edges.push({ from: outer.node, to: scope.root, step: outer.step });
      this.#used.add(outer.node);
    }
    collect(scope, graph, value === undefined);
    const inner = new Teller(graph, outer?.node ?? scope.root, this);
    return `{${value === undefined ? '' : expressionText(value, inner)} ${inner.where()}}`;
  }
}

function once(expression: Expression, scope: Scope): Expression {
  const of = countedKey(expression, scope);
  return expression.type === 'aggregate' && of !== undefined
    ? { ...expression, of, distinct: true }
    : expression;
}
