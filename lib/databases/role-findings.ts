/** Each kind of thing that a role can do besides reading, in words: one for each kind that role-query.ts finds. */
import { quoteIdentifier } from '../sql/quote.js';

export interface RoleFinding {
  readonly what: string;
  /** The first few names, how many there are, and how the role came by it. */
  readonly detail: string;
  /** What is too much, as the end of "the role …"; undefined where a reader may have it. */
  readonly excess: string | undefined;
}

/** What {@link Kind.tell} tells of. */
export interface Held {
  readonly count: number;
  /** `INSERT, UPDATE`; empty where the kind says it. */
  readonly privileges: string;
  /** The first few, each a qualified name in its parts. */
  readonly names: readonly (readonly string[])[];
  readonly throughPublic: boolean;
}

export interface Kind {
  /** As role-query.ts names it. */
  readonly kind: string;
  readonly tell: (held: Held, loginRole: string) => RoleFinding[];
}

/** In the order in which they are told, the worst first. */
export const KINDS: readonly Kind[] = [
  attribute('superuser', 'superuser', 'is a superuser'),
  attribute('bypassrls', 'BYPASSRLS', 'passes row security by'),
  attribute('createrole', 'CREATEROLE', 'makes roles'),
  attribute('createdb', 'CREATEDB', 'makes databases'),
  attribute('replication', 'REPLICATION', 'can replicate the server'),
  { kind: 'server role', tell: tellServerRoles },
  objects('owner', 'owns', (n) => `owns ${counted(n, 'object', 'objects')}`),
  objects(
    'relation',
    'writes tables',
    (n) => `may change ${counted(n, 'table or view', 'tables or views')}`,
  ),
  objects('column', 'writes columns', (n) => `may change ${counted(n, 'column', 'columns')}`),
  objects(
    'sequence',
    'advances sequences',
    (n) => `may change ${counted(n, 'sequence', 'sequences')}`,
  ),
  objects(
    'schema',
    'creates in schemas',
    (n) => `may create in ${counted(n, 'schema', 'schemas')}`,
  ),
  objects('database', 'creates schemas', () => 'may create schemas in the database'),
  {
    kind: 'temporary',
    tell: (held) => [
      {
        what: 'temporary tables',
        detail: through(held, 'may make them'),
        // What PUBLIC has by default is in nobody's hands but the administrator's, and READ ONLY forbids it.
        excess: held.throughPublic ? undefined : 'may make temporary tables',
      },
    ],
  },
  {
    kind: 'definer',
    tell: ({ count, names }) => [
      {
        what: 'SECURITY DEFINER functions',
        detail: `${some(count, names.map(routine))} (PUBLIC may call them)`,
        excess: `may call ${counted(count, 'function', 'functions')} with the rights of others`,
      },
    ],
  },
];

/** An attribute of the role itself, or of one that it may become. */
function attribute(kind: string, what: string, excess: string): Kind {
  return {
    kind,
    tell: ({ names }, loginRole) => {
      const roles = names.map(([name]) => name!);
      const own = roles.includes(loginRole);
      const of = roles.map(quoteIdentifier).join(', ');
      return [{ what, detail: own ? 'yes' : `as a member of ${of}`, excess }];
    },
  };
}

function objects(kind: string, what: string, excess: (count: number) => string): Kind {
  return {
    kind,
    tell: (held) => {
      // An owned object comes as PostgreSQL describes it, quoted already: `table public.orders`.
      const name = kind === 'owner' ? ([text]: readonly string[]) => text! : qualified;
      const listed = some(held.count, held.names.map(name));
      const detail = held.privileges === '' ? listed : `${held.privileges} on ${listed}`;
      return [{ what, detail: through(held, detail), excess: excess(held.count) }];
    },
  };
}

/** Members of these see more and change nothing; every other `pg_…`, those of versions to come too, can act. */
const READING = [
  'pg_read_all_data',
  'pg_read_all_settings',
  'pg_read_all_stats',
  'pg_stat_scan_tables',
  'pg_monitor',
];

function tellServerRoles({ names }: Held): RoleFinding[] {
  const roles = names.map(([name]) => name!);
  const told = (what: string, some: readonly string[], excess: boolean): RoleFinding[] => {
    const list = some.join(', ');
    if (list === '') return [];
    return [{ what, detail: list, excess: excess ? `is a member of ${list}` : undefined }];
  };
  return [
    ...told(
      'member of',
      roles.filter((role) => !READING.includes(role)),
      true,
    ),
    ...told(
      'member of, to read',
      roles.filter((role) => READING.includes(role)),
      false,
    ),
  ];
}

function through({ throughPublic }: Held, detail: string): string {
  return throughPublic ? `${detail} (through PUBLIC)` : detail;
}

function qualified(name: readonly string[]): string {
  return name.map(quoteIdentifier).join('.');
}

function routine([schema = '', name = '', args = '']: readonly string[]): string {
  return `${qualified([schema, name])}(${args})`;
}

function some(count: number, names: readonly string[]): string {
  const more = count - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
