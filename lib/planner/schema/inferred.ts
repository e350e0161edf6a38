/** Keys that nobody declared: columns that are called after another table, or after its key. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Field, GrowingTable } from './schema.js';

export interface Inferred {
  readonly from: GrowingTable;
  readonly to: GrowingTable;
  readonly on: readonly (readonly [own: Field, other: Field])[];
  /** True where neither side is a key: rows belong together that have the same there. */
  readonly common?: boolean;
}

/** How much a name says. Below `ENOUGH` it does so only where no key is declared in the whole database. */
const SCORE = {
  /** `customer_id` of customers.id, `dept_code` of departments.dept_code. */
  whole: 1,
  /** `start_station_id`, `home_team_id`. */
  role: 0.9,
  /** `item_id` of order_items.id. */
  head: 0.8,
  /** `physician` of physicians.employee_no. */
  table: 0.6,
  /** `host_city` of cities.id. */
  tableInRole: 0.5,
} as const;
const ENOUGH = 0.8;

/** Names that any table may have a column of: that two do says nothing. */
const COMMON = new Set(
  'id code name number no key type year date time title status description uuid guid position rank label ssn email phone'.split(
    ' ',
  ),
);

export function inferredLinks(
  tables: readonly GrowingTable[],
  linked: ReadonlySet<Field>,
): Inferred[] {
  const least = linked.size > 0 ? ENOUGH : SCORE.tableInRole;
  const index = namesOfKeys(tables);
  const referred = referredByName(tables);
  const superiors = superiorsOf(tables);
  const single = tables.flatMap((from) =>
    from.fields.flatMap((own): Inferred[] => {
      if (linked.has(own) || referred.has(own) || own.words.length === 0) return [];
      const target = targetOf(from, own, index, least) ?? superiorIn(superiors, from, own);
      return target === undefined ? [] : [{ from, to: target.table, on: [[own, target]] }];
    }),
  );
  const referring = new Set([...linked, ...single.flatMap(({ on }) => on.map(([own]) => own))]);
  const several = inSeveralColumns(tables, referring, linked);
  const found = [...single, ...several];
  // Where some keys are declared, two tables without any were meant to stand for themselves.
  const alone =
    linked.size > 0
      ? []
      : tables.filter((table) => !found.some(({ from, to }) => from === table || to === table));
  return [...found, ...inCommon(alone)];
}

/** Keys that declared ones of the same name lead to: what is called so stands there, and refers to nothing further. */
function referredByName(tables: readonly GrowingTable[]): Set<Field> {
  const names = new Set(
    tables.flatMap(({ relation }) =>
      relation.foreignKeys.flatMap(({ columns, references }) =>
        columns.length === 1 && columns[0] === references.columns[0]
          ? [JSON.stringify([references.schema, references.relation, columns[0]])]
          : [],
      ),
    ),
  );
  const isReferred = ({ table: { relation }, column }: Field) =>
    names.has(JSON.stringify([relation.schema, relation.name, column.name]));
  return new Set(
    tables.flatMap(({ key, fields }) =>
      fields.filter((one) => key.length === 1 && key[0] === one && isReferred(one)),
    ),
  );
}

/** Two tables that nothing links but what both say of their rows, in a column of the same telling name: the classroom. */
function inCommon(tables: readonly GrowingTable[]): Inferred[] {
  const [from, to, ...more] = tables;
  if (from === undefined || to === undefined || more.length > 0) return [];
  const on = from.fields.flatMap((own) => {
    const other = to.fields.find(({ column }) => column.name === own.column.name);
    return other !== undefined && sameKind(own, other) && tells(own) ? [[own, other] as const] : [];
  });
  return on.length === 1 ? [{ from, to, on, common: true }] : [];
}

/** Whether a column says with what its row belongs together; names, dates and amounts do not. */
function tells({ words, role }: Field): boolean {
  if (role === 'name' || role === 'time' || role === 'year' || role === 'flag') return false;
  return !words.some((word) => COMMON.has(word) || AMOUNTS.has(word) || MEASURED.has(word));
}

interface Name {
  readonly field: Field & { readonly table: GrowingTable };
  readonly score: number;
}

/** What columns elsewhere would be called that refer to a key, by their whole name. */
function namesOfKeys(tables: readonly GrowingTable[]): Map<string, Name[]> {
  const names = new Map<string, Name[]>();
  const add = (name: string, field: Field, score: number) => {
    const list = names.get(name) ?? [];
    names.set(name, [...list, { field: field as Name['field'], score }]);
  };
  for (const table of tables) {
    const [key, ...more] = table.key;
    if (key === undefined || more.length > 0 || !canBeKey(key)) continue;
    const own = key.words.join(' ');
    const last = key.words.at(-1)!;
    const entity = table.words.join(' ');
    const head = table.words.at(-1)!;
    if (!COMMON.has(own)) add(own, key, SCORE.whole);
    // Written alike, whatever words are seen in it: `raceid`.
    if (!COMMON.has(own)) add(written(key), key, SCORE.whole);
    if (COMMON.has(last) || last === own) {
      const end = COMMON.has(last) ? last : 'id';
      add(`${entity} ${end}`, key, SCORE.whole);
      if (head !== entity) add(`${head} ${end}`, key, SCORE.head);
    } else add(`${entity} id`, key, SCORE.head);
    add(entity, key, SCORE.table);
  }
  return names;
}

/** Who stands above a row is one of the same kind, where nothing else is called so: `manager_id` of employees. */
function superiorsOf(tables: readonly GrowingTable[]): Map<string, Name['field'][]> {
  const found = new Map<string, Name['field'][]>();
  for (const table of tables) {
    const [key, ...more] = table.key;
    if (key === undefined || more.length > 0) continue;
    const people = isKindOf(table.words.at(-1) ?? '', 'person');
    for (const own of table.fields) {
      const role = superior(own);
      if (role === undefined || own === key || !sameKind(own, key)) continue;
      if (!people && role !== 'parent') continue;
      found.set(role, [...(found.get(role) ?? []), key as Name['field']]);
    }
  }
  return found;
}

/** The same one, where others are told by that part as well: `manager_id` of departments. */
function superiorIn(
  superiors: ReadonlyMap<string, Name['field'][]>,
  from: GrowingTable,
  own: Field,
): Name['field'] | undefined {
  const role = superior(own);
  const keys = role === undefined ? [] : (superiors.get(role) ?? []);
  const [key] = keys.length > 1 ? keys.filter(({ table }) => table === from) : keys;
  if (key === undefined || (role === 'parent' && key.table !== from)) return undefined;
  return sameKind(own, key) ? key : undefined;
}

function superior({ words: [role = '', ...id] }: Field): string | undefined {
  return SUPERIORS.has(role) && id.join(' ') === 'id' ? role : undefined;
}

const SUPERIORS = new Set('manager supervisor boss superior mentor parent'.split(' '));

/** As it stands in the catalog; never what words would make. */
function written({ column }: Field): string {
  return `=${column.name.toLowerCase()}`;
}

function canBeKey({ family }: Field): boolean {
  return family === 'integer' || family === 'number' || family === 'text' || family === 'other';
}

/** The one key that a column's name speaks of; undefined where none does, or several alike. */
function targetOf(
  from: GrowingTable,
  own: Field,
  names: ReadonlyMap<string, Name[]>,
  least: number,
): Name['field'] | undefined {
  const isKey = from.key.length === 1 && from.key[0] === own;
  // A table's own key that is called after the table is nobody else's.
  if (isKey && own.words.join(' ').startsWith(from.words.join(' '))) return undefined;
  const found = new Map<GrowingTable, Name>();
  // One of several alike: `club_id_1`, `club_id_2`.
  const end = own.words.findLastIndex((word) => !/^\d+$/.test(word)) + 1;
  for (let start = 0; start < end; start++) {
    const name = own.words.slice(start, end).join(' ');
    const alike = start === 0 ? (names.get(written(own)) ?? []) : [];
    for (const one of [...(names.get(name) ?? []), ...alike]) {
      if (one.field.table === from && start === 0) continue;
      if (!sameKind(own, one.field)) continue;
      const score = start === 0 ? scoreOf(one, own) : inRole(one.score, own);
      if (score === undefined || score < least || (isKey && !speaksOf(own, one.field.table)))
        continue;
      const known = found.get(one.field.table);
      if (known === undefined || known.score < score)
        found.set(one.field.table, { field: one.field, score });
    }
  }
  if (found.size === 0) return undefined;
  const entity = [...found.values()].find(
    ({ field: { table } }) => table.words.join(' ') === own.words.join(' '),
  );
  if (entity !== undefined) return entity.field;
  const all = [...found.values()].sort((a, b) => b.score - a.score);
  const best = all.filter(({ score }) => score === all[0]?.score);
  if (best.length < 2) return best[0]?.field;
  // Of several tables with a key of that name it is the one that the name speaks of.
  const named = best.filter(({ field: { table } }) => speaksOf(own, table));
  return named.length === 1 ? named[0]!.field : undefined;
}

/** Codes of the very same length are hardly so by chance. */
function scoreOf({ score, field }: Name, own: Field): number {
  const isCode = /^character\(\d+\)$/.test(own.column.type);
  return isCode && own.column.type === field.column.type ? Math.max(score, ENOUGH) : score;
}

function speaksOf(own: Field, table: GrowingTable): boolean {
  return table.words.every((word) => own.words.includes(word));
}

/** Words that make a number of a thing's name: `number of hosts` is no host. */
const AMOUNTS = new Set(
  'number no of amount count total quantity sum average price cost fee'.split(' '),
);

/** What rows may have alike without belonging together. */
const MEASURED = new Set(
  `age size length width height weight score rate rating level rank grade point quantity percent value city state
   country town region district address location gender sex color currency language category comment note`.split(
    /\s+/,
  ),
);

/** The same behind other words, which then tell the part that it plays: `billing`, `home`. */
function inRole(score: number, own: Field): number | undefined {
  if (score === SCORE.whole) return SCORE.role;
  if (score !== SCORE.table || own.family === 'text') return undefined;
  return own.words.some((word) => AMOUNTS.has(word)) ? undefined : SCORE.tableInRole;
}

function sameKind(a: Field, b: Field): boolean {
  const isNumber = ({ family }: Field) => family === 'integer' || family === 'number';
  if (isNumber(a) && isNumber(b)) return true;
  return a.family === b.family && (a.family !== 'other' || a.column.type === b.column.type);
}

/** A table that holds the whole key of another, of which a part is found nowhere else: versions of one document. */
function inSeveralColumns(
  tables: readonly GrowingTable[],
  referring: ReadonlySet<Field>,
  declared: ReadonlySet<Field>,
): Inferred[] {
  const composite = tables.filter(
    ({ key }) => key.length > 1 && key.some((field) => !referring.has(field)),
  );
  return composite.flatMap((to) =>
    tables.flatMap((from): Inferred[] => {
      if (from === to) return [];
      const on = to.key.flatMap((other) => {
        const own = from.fields.find(
          (field) => field.column.name === other.column.name && sameKind(field, other),
        );
        return own === undefined ? [] : [[own, other] as const];
      });
      const whole = on.length === to.key.length && on.some(([own]) => !declared.has(own));
      // Tables with the very same key stand side by side.
      const inKey = on.every(([own]) => from.key.includes(own));
      return whole && inKey && from.key.length > to.key.length ? [{ from, to, on }] : [];
    }),
  );
}
