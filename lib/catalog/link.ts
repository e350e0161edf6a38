/** Which relations a request is about, where a catalog is too large to be shown whole. */
import type { Catalog, Relation } from './catalog.js';
import { relationNamer, renderCatalog } from './ddl.js';

/**
 * The catalog's DDL in at most about `room` characters: the relations that share words with the request first,
 * then what their foreign keys reach, then the rest; those that do not fit are listed by name in a comment.
 */
export function linkCatalog(catalog: Catalog, request: string, room: number): string {
  const whole = wholeOf(catalog);
  if (whole.length <= room) return whole;
  const ranked = rank(catalog.relations, request);
  const chosen = new Set<Relation>();
  let used = 0;
  for (const relation of ranked) {
    const size = renderCatalog({ ...catalog, relations: [relation] }, catalog).length;
    if (used + size > room) continue;
    used += size;
    chosen.add(relation);
  }
  const nameOf = relationNamer(catalog);
  const others = catalog.relations
    .filter((relation) => !chosen.has(relation))
    .map(({ schema, name }) => nameOf(schema, name));
  const part = catalog.relations.filter((relation) => chosen.has(relation));
  const shown = renderCatalog({ ...catalog, relations: part }, catalog);
  const listed = others.join(', ').slice(0, Math.max(1000, room / 4));
  return `${shown}\n-- also there, get_schema shows them: ${listed}`;
}

/** A catalog that is asked about many times is written once. */
const rendered = new WeakMap<Catalog, string>();

function wholeOf(catalog: Catalog): string {
  const text = rendered.get(catalog) ?? renderCatalog(catalog);
  rendered.set(catalog, text);
  return text;
}

function rank(relations: readonly Relation[], request: string): Relation[] {
  const words = stems(request);
  const scores = new Map(relations.map((relation) => [relation, score(relation, words)]));
  const strong = relations.filter((relation) => scores.get(relation)! >= 2);
  const near = new Set(strong.flatMap((relation) => neighbours(relation, relations)));
  const total = (relation: Relation) => scores.get(relation)! + (near.has(relation) ? 1.5 : 0);
  return [...relations].sort((a, b) => total(b) - total(a));
}

function score(relation: Relation, words: ReadonlySet<string>): number {
  const shared = (text: string) => [...stems(text)].filter((word) => words.has(word)).length;
  const columns = relation.columns.map(({ name, comment = '', enumLabels = [] }) =>
    shared(`${name} ${comment} ${enumLabels.join(' ')}`),
  );
  return (
    4 * shared(relation.name) +
    2 * shared(relation.comment ?? '') +
    columns.reduce((sum, count) => sum + count, 0)
  );
}

function neighbours(relation: Relation, relations: readonly Relation[]): Relation[] {
  const points = (from: Relation, to: Relation) =>
    from.foreignKeys.some(
      ({ references }) => references.schema === to.schema && references.relation === to.name,
    );
  return relations.filter((other) => points(relation, other) || points(other, relation));
}

function stems(text: string): Set<string> {
  const words =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/\p{L}{3,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/(ies|es|s)$/, '')));
}
