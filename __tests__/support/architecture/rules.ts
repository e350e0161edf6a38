/** The house's rules as data, and what breaks them. ARCHITECTURE.md states the same table. */
import { posix } from 'node:path';
import { type Import, reachOf } from './imports.js';

/** Who may import whom. `(types)`: nothing of it at run time. A folder without a line may import nothing. */
export const ARROWS = `
every folder → itself, and the leaves: errors, io, flags, schema, files, rows
bin          → main
main         → command-line, app, commands/failure, commands/shared (types)
command-line → commands/registry, commands/command (types), commands/shared
app          → every registry and port; config, trace, sessions/store, databases/guarded, databases/writable,
               databases/pool, catalog/introspect, changes/open, changes/changes (types), commands/shared (types)
commands     → any folder but the drivers and databases/writable; app (types)
agent        → models/model, tools/tool, databases/database, catalog, sessions/session, trace
tools        → databases/database, catalog, sql, formats, changes, migrations, advice, backup, saved
models       → planner, trace
planner      → catalog, sql
evals        → agent, models/model, saved, formats, databases/database, sql
batch, reports → agent, models/model, saved, formats, databases/database
migrations, advice, backup → changes, catalog, databases/database, sql
changes      → databases/database, databases/writable, catalog, sql
sessions     → models/model
saved        → databases/database, catalog
catalog      → databases/database, sql
databases    → sql, config (types)
formats      → databases/database (types)
config, sql, trace → the leaves alone
`;

/** Each outside package has one home, so that it can be replaced there. */
export const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@electric-sql/pglite': ['lib/databases/embedded/'],
  chalk: ['lib/io.ts'],
  dotenv: ['lib/config/load.ts'],
  'libpg-query': ['lib/sql/parse.ts'],
  openai: ['lib/models/openai.ts'],
  ora: ['lib/io.ts'],
  'pgsql-deparser': ['lib/sql/deparse.ts'],
  postgres: ['lib/databases/wire.ts'],
  yargs: ['lib/command-line.ts', 'lib/flags.ts'],
  'zod-to-json-schema': ['lib/schema.ts'],
  'zod/v3': ['lib/'],
};

/** What only these files may touch: everybody else is given what it needs. */
const PROCESS_FILES = ['lib/io.ts', 'bin/', 'lib/config/load.ts'];
const PROCESS_PARTS =
  /^(console|globalThis|process|process\.(exit|exitCode|env|argv|std\w+|on|once))$/;

const DRIVERS = ['databases/server', 'databases/wire', 'databases/embedded'];
const PORTS = [
  'commands/command',
  'models/model',
  'tools/tool',
  'databases/database',
  'databases/driver',
  'formats/format',
  'catalog/catalog',
  'sessions/session',
  'changes/change',
];
const FORBIDDEN_NAMES = ['util', 'helper', 'manager', 'service', 'common', 'data', 'index'];

type Arrow = {
  readonly to: (path: string) => boolean;
  readonly typesOnly: boolean;
};

/** Lines of the table, without what only aligns them. */
export function tableLines(text: string): string[] {
  const joined = text.replace(/,\n\s+/g, ', ');
  return joined
    .split('\n')
    .filter((line) => line.includes('→'))
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

const arrows = new Map(tableLines(ARROWS).flatMap(readLine));
const leaves = ['errors', 'io', 'flags', 'schema', 'files', 'rows'];

function readLine(line: string): (readonly [who: string, arrows: readonly Arrow[]])[] {
  const [who, what] = line.split(' → ') as [string, string];
  const targets = what.split(/[,;] /).map(readArrow);
  return who.split(', ').map((one) => [one, targets] as const);
}

function readArrow(text: string): Arrow {
  const typesOnly = text.endsWith(' (types)');
  const name = text.replace(/ \(types\)$/, '');
  return { to: target(name), typesOnly };
}

function target(name: string): (path: string) => boolean {
  switch (name) {
    case 'every registry and port':
      return (path) =>
        path.endsWith('/registry') || path === 'formats/formats' || PORTS.includes(path);
    case 'any folder but the drivers and databases/writable':
      return (path) =>
        path.includes('/') &&
        ![...DRIVERS, 'databases/writable'].some((banned) => isUnder(path, banned));
    default:
      return (path) => isUnder(path, name);
  }
}

function isUnder(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}/`);
}

/** What is wrong with a file, one sentence each, with the line. */
export function violations(file: string, text: string): string[] {
  const { imports, globals } = reachOf(text);
  const mayTouch = PROCESS_FILES.some((allowed) => startsWithPath(file, allowed));
  return [
    ...badNames(file),
    ...imports.flatMap((one) => badImport(file, one)),
    ...globals
      .filter(({ name }) => !mayTouch && PROCESS_PARTS.test(name))
      .map(({ name, line }) => `${file}:${line} touches ${name}`),
  ];
}

/** The last word counts: `no-data-modification` says something, `string-utils` does not. */
function badNames(file: string): string[] {
  return file
    .split('/')
    .map((part) => part.replace(/\..*$/, '').split('-').at(-1)!)
    .filter((word) => FORBIDDEN_NAMES.includes(word.toLowerCase().replace(/s$/, '')))
    .map((word) => `${file} is named ${word}`);
}

function badImport(file: string, { specifier, typesOnly, line }: Import): string[] {
  const at = `${file}:${line}`;
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(file), specifier);
    if (file.startsWith('bin/') && path === 'package.json') return [];
    if (!path.startsWith('lib/')) return [`${at} imports ${specifier}, which is outside lib/`];
    const wanted = path.slice('lib/'.length).replace(/\.(js|ts)$/, '');
    return mayImport(unitOf(file), wanted, typesOnly)
      ? []
      : [`${at}: no arrow leads from ${unitOf(file)} to ${wanted}`];
  }
  if (specifier === 'node:process' || specifier === 'node:console') {
    return [`${at} imports ${specifier}: the global is enough where it may be touched at all`];
  }
  if (specifier.startsWith('node:')) return [];
  const home = HOMES[specifier];
  if (home === undefined) return [`${at} imports ${specifier}, which has no home`];
  return home.some((place) => startsWithPath(file, place))
    ? []
    : [`${at} imports ${specifier}, whose home is ${home.join(' and ')}`];
}

/** `databases` for lib/databases/embedded/lock.ts, `main` for lib/main.ts, `bin` for bin/pgask.ts. */
function unitOf(file: string): string {
  const [top, next] = file.split('/') as [string, string];
  return top === 'lib' ? next.replace(/\.ts$/, '') : top;
}

function mayImport(unit: string, wanted: string, typesOnly: boolean): boolean {
  if (leaves.includes(wanted)) return true;
  const own = leaves.includes(unit) ? [] : arrows.get(unit);
  if (own === undefined) return false;
  if (isUnder(wanted, unit)) return true;
  return own.some((arrow) => arrow.to(wanted) && (typesOnly || !arrow.typesOnly));
}

function startsWithPath(file: string, place: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place;
}
