/** The SQL that makes a role which reads a database and can do nothing else, for a person to look at and run. */
import { quoteIdentifier, quoteLiteral } from './quote.js';

/** Something that PUBLIC holds. */
export interface PublicGrant {
  /** The object's qualified name in its parts; of a function the third part is the arguments, as SQL. */
  readonly name: readonly string[];
  /** `CREATE`, `INSERT, UPDATE` */
  readonly privileges: string;
}

export interface ReaderFacts {
  readonly database: string;
  readonly schemas: readonly string[];
  /** Roles that make tables here. */
  readonly owners: readonly string[];
  /** Every role but superusers, the server's own and the reader. */
  readonly others: readonly string[];
  /** Undefined where the role is still to be made. */
  readonly existing: { readonly superuser: boolean } | undefined;
  readonly toPublic: {
    readonly relations: readonly PublicGrant[];
    readonly sequences: readonly PublicGrant[];
    readonly columns: readonly PublicGrant[];
    readonly schemas: readonly PublicGrant[];
    readonly databases: readonly PublicGrant[];
    readonly definers: readonly PublicGrant[];
  };
}

export interface ReaderOptions {
  readonly role: string;
  readonly statementTimeoutMs: number;
}

/** Statements and comments; in one transaction, so that it is done or not. No password is in it. */
export function readerRoleSql(facts: ReaderFacts, options: ReaderOptions): string {
  const role = quoteIdentifier(options.role);
  const database = quoteIdentifier(facts.database);
  const sections = [
    [
      `-- A role that reads the database ${database} and can do nothing else. Run this there as a superuser, or as a`,
      '-- role with CREATEROLE that is a member of every owner named below: psql -f FILE',
      'BEGIN;',
    ],
    identity(facts, options, role),
    ...(facts.existing === undefined ? [] : [withdrawn(facts, role, database)]),
    reading(facts, role, database),
    ...forOwners(facts, role),
    ...fromPublic(facts),
    ['COMMIT;'],
    temporary(facts, database),
    [
      '-- There is no password in this text. Set one in psql, which sends only its hash:',
      `--   \\password ${role}`,
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** How long an open transaction may wait for its client: it keeps VACUUM from cleaning up. */
const IDLE_TIMEOUT = '60s';

function identity(
  { existing }: ReaderFacts,
  { statementTimeoutMs }: ReaderOptions,
  role: string,
): string[] {
  const set = (name: string, value: string) => `ALTER ROLE ${role} SET ${name} = ${value};`;
  return [
    '-- NOINHERIT: were it made a member of another role by mistake, its rights would not come by themselves.',
    existing === undefined
      ? `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;`
      : `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;`,
    '-- Settings are a seat belt, which the session may undo; what holds are the rights below.',
    set('default_transaction_read_only', 'on'),
    set('statement_timeout', quoteLiteral(`${statementTimeoutMs}ms`)),
    set('idle_in_transaction_session_timeout', quoteLiteral(IDLE_TIMEOUT)),
  ];
}

/** What a role that is there already may have been given. */
function withdrawn({ schemas }: ReaderFacts, role: string, database: string): string[] {
  const list = schemas.map(quoteIdentifier).join(', ');
  return [
    '-- The role is there already: what it was granted here goes first. What it owns, and the roles that it is a',
    '-- member of, stay as they are: pgask db test, as this role, tells of them.',
    `REVOKE ALL ON DATABASE ${database} FROM ${role};`,
    ...(schemas.length === 0
      ? []
      : [
          `REVOKE ALL ON SCHEMA ${list} FROM ${role};`,
          `REVOKE ALL ON ALL TABLES IN SCHEMA ${list} FROM ${role};`,
          `REVOKE ALL ON ALL SEQUENCES IN SCHEMA ${list} FROM ${role};`,
        ]),
  ];
}

function reading({ schemas }: ReaderFacts, role: string, database: string): string[] {
  const list = schemas.map(quoteIdentifier).join(', ');
  return [
    `GRANT CONNECT ON DATABASE ${database} TO ${role};`,
    ...(schemas.length === 0
      ? []
      : [
          `GRANT USAGE ON SCHEMA ${list} TO ${role};`,
          '-- Tables, partitions, views, materialized views and foreign tables.',
          `GRANT SELECT ON ALL TABLES IN SCHEMA ${list} TO ${role};`,
          `GRANT SELECT ON ALL SEQUENCES IN SCHEMA ${list} TO ${role};`,
        ]),
  ];
}

function forOwners({ owners }: ReaderFacts, role: string): string[][] {
  if (owners.length === 0) return [];
  const list = owners.map(quoteIdentifier).join(', ');
  const grant = (what: string) =>
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${list} GRANT ${what} TO ${role};`;
  return [
    [
      '-- What these owners make later is for the role as well.',
      grant('USAGE ON SCHEMAS'),
      grant('SELECT ON TABLES'),
      grant('SELECT ON SEQUENCES'),
    ],
  ];
}

/**
 * What PUBLIC may do, every role may do. Who has it today keeps it by a grant of its own, so that nothing which
 * works now stops working.
 */
function fromPublic({ toPublic, others }: ReaderFacts): string[][] {
  const changes = [
    ...toPublic.databases
      .filter(({ privileges }) => includes(privileges, 'CREATE'))
      .map(({ name }) => ({ rights: 'CREATE', object: `DATABASE ${qualified(name)}` })),
    ...whole(toPublic.schemas, 'SCHEMA'),
    ...whole(toPublic.relations, 'TABLE'),
    ...whole(toPublic.sequences, 'SEQUENCE'),
    ...toPublic.columns.map(({ name, privileges }) => ({
      rights: privileges
        .split(', ')
        .map((one) => `${one} (${quoteIdentifier(name[2]!)})`)
        .join(', '),
      object: `TABLE ${qualified(name.slice(0, 2))}`,
    })),
  ];
  const definers = toPublic.definers.map(
    ({ name }) => `${qualified(name.slice(0, 2))}(${name[2] ?? ''})`,
  );
  const keep = others.map(quoteIdentifier).join(', ');
  const both = (rights: string, object: string) => [
    `REVOKE ${rights} ON ${object} FROM PUBLIC;`,
    ...(keep === '' ? [] : [`GRANT ${rights} ON ${object} TO ${keep};`]),
  ];
  const sections: string[][] = [];
  if (changes.length > 0) {
    sections.push([
      '-- PUBLIC may change these, and so could this role. The roles of today keep the right; one that is made later',
      '-- has to be given it.',
      ...changes.flatMap(({ rights, object }) => both(rights, object)),
    ]);
  }
  if (definers.length > 0) {
    sections.push([
      '-- SECURITY DEFINER functions run with the rights of their owners, and PUBLIC may call these. The roles of today',
      '-- keep the right; one that is made later, and a function that is made later, have to be seen to.',
      ...both('EXECUTE', `ROUTINE\n  ${definers.join(',\n  ')}\n `),
    ]);
  }
  return sections;
}

function whole(grants: readonly PublicGrant[], kind: string): { rights: string; object: string }[] {
  return grants.map(({ name, privileges }) => ({
    rights: privileges,
    object: `${kind} ${qualified(name)}`,
  }));
}

/** Said and not done: who makes temporary tables is in no catalog. */
function temporary({ toPublic, others }: ReaderFacts, database: string): string[] {
  const held = toPublic.databases.some(({ privileges }) => includes(privileges, 'TEMPORARY'));
  if (!held) return [];
  const keep = others.map(quoteIdentifier).join(', ');
  return [
    '-- PUBLIC may make temporary tables here, which do no harm to what is stored. To take that from every role that',
    '-- has no grant of its own:',
    `--   REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC;`,
    ...(keep === '' ? [] : [`--   GRANT TEMPORARY ON DATABASE ${database} TO ${keep};`]),
  ];
}

function includes(privileges: string, one: string): boolean {
  return privileges.split(', ').includes(one);
}

function qualified(name: readonly string[]): string {
  return name.map(quoteIdentifier).join('.');
}
