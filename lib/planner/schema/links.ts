/** Steps between tables: along declared foreign keys, and along names where none is declared. */
import type { Field, GrowingTable, Step, Table } from './schema.js';

interface Link {
  readonly from: GrowingTable;
  readonly to: GrowingTable;
  readonly on: readonly (readonly [Field, Field])[];
}

interface OneWay extends Omit<Step, 'from'> {
  readonly from: GrowingTable;
}

/** Both directions of every link, in a fixed order. */
export function linkTables(tables: readonly GrowingTable[]): OneWay[] {
  const byName = new Map(tables.map((table) => [qualified(table), table]));
  const links = tables.flatMap((table) => declared(table, byName));
  const linked = new Set(links.flatMap(({ on }) => on.map(([field]) => field)));
  return [...links, ...inferred(tables, linked)].flatMap(bothWays);
}

function qualified({ relation: { schema, name } }: Table): string {
  return JSON.stringify([schema, name]);
}

function declared(from: GrowingTable, byName: ReadonlyMap<string, GrowingTable>): Link[] {
  return from.relation.foreignKeys.flatMap(({ columns, references }) => {
    const to = byName.get(JSON.stringify([references.schema, references.relation]));
    if (to === undefined) return [];
    const on = columns.map(
      (name, i) => [fieldOf(from, name), fieldOf(to, references.columns[i] ?? '')] as const,
    );
    return on.every(([own, other]) => own !== undefined && other !== undefined)
      ? [{ from, to, on: on as (readonly [Field, Field])[] }]
      : [];
  });
}

function fieldOf({ fields }: Table, name: string): Field | undefined {
  return fields.find(({ column }) => column.name === name);
}

/**
 * A column that is called after another table's key refers to it: `customer_id` to customers.id, `dept_code` to
 * departments.dept_code. Only where types agree and one table alone fits.
 */
function inferred(tables: readonly GrowingTable[], linked: ReadonlySet<Field>): Link[] {
  const owners = keyNames(tables);
  return tables.flatMap((from) =>
    from.fields.flatMap((own) => {
      if (linked.has(own) || own.words.length === 0) return [];
      const targets = (owners.get(own.words.join(' ')) ?? []).filter(
        ({ table, field }) => table !== from && field.family === own.family,
      );
      // A key that is itself called so belongs to its table, not to another.
      if (
        targets.length !== 1 ||
        (from.key.length === 1 && from.key[0] === own && own.words.length < 2)
      )
        return [];
      const { table: to, field } = targets[0]!;
      if (
        from.key.length === 1 &&
        from.key[0] === own &&
        own.words.join(' ').startsWith(from.words.join(' '))
      )
        return [];
      return [{ from, to, on: [[own, field]] as const }];
    }),
  );
}

/** The names by which other tables would refer to each table's key. */
function keyNames(
  tables: readonly GrowingTable[],
): Map<string, { table: GrowingTable; field: Field }[]> {
  const names = new Map<string, { table: GrowingTable; field: Field }[]>();
  const add = (name: string, table: GrowingTable, field: Field) => {
    const list = names.get(name) ?? [];
    if (!list.some((other) => other.table === table)) list.push({ table, field });
    names.set(name, list);
  };
  for (const table of tables) {
    const [field, ...more] = table.key;
    if (field === undefined || more.length > 0) continue;
    const own = field.words.join(' ');
    const last = field.words.at(-1)!;
    add(`${table.words.join(' ')} ${last}`, table, field);
    if (table.words.length > 1) add(`${table.words.at(-1)!} ${last}`, table, field);
    if (field.words.length > 1) add(own, table, field);
  }
  return names;
}

function bothWays({ from, to, on }: Link): OneWay[] {
  const own = on.map(([field]) => field);
  const nullable = own.some(({ column }) => !column.notNull);
  const unique = isUnique(from, own);
  const role = roleWords(own, to);
  return [
    { from, to, on, toOne: true, optional: nullable, forward: true, role },
    {
      from: to,
      to: from,
      on: on.map(([a, b]) => [b, a] as const),
      toOne: unique,
      optional: true,
      forward: false,
      role,
    },
  ];
}

function isUnique({ relation }: Table, fields: readonly Field[]): boolean {
  const names = new Set(fields.map(({ column }) => column.name));
  const keys = [relation.primaryKey, ...relation.uniques];
  return keys.some((key) => key.length > 0 && key.every((name) => names.has(name)));
}

/** What is left of the key's name without `id` and without the table that it refers to. */
function roleWords(own: readonly Field[], to: Table): string[] {
  const [field] = own;
  if (field === undefined || own.length > 1) return [];
  const keyWords = new Set(['id', 'key', 'code', 'number', 'no', 'uuid', 'ref', 'fk']);
  const words = field.words.filter((word) => !keyWords.has(word));
  // What the table itself calls its key is no part that its rows play: `branch_id` of banks.
  const [key] = to.key;
  const same = key?.role === 'key' && field.words.join(' ') === key.words.join(' ');
  return same ? [] : words.filter((word) => !to.words.includes(word));
}
