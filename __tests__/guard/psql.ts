/** What psql prints for statements in one plain session: the yardstick of honest reads. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../../lib/databases/database.js';
import type { Outcome } from './honest.js';

/** Prints where a value is NULL: CSV itself has no difference between that and the empty text. */
const NULL = '<null of psql>';

export function psqlInstalled(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** One outcome for each statement, in their order. */
export async function askPsql(url: string, statements: readonly string[]): Promise<Outcome[]> {
  const directory = await mkdtemp(join(tmpdir(), 'pgask-psql-'));
  try {
    await Promise.all(
      statements.map(async (sql, i) => {
        await mkdir(join(directory, String(i)));
        // A line of its own for the semicolon: the text may end in a comment.
        await writeFile(join(directory, String(i), 'sql'), `${sql}\n;\n`);
      }),
    );
    const script = statements.map((_, i) => {
      const at = (name: string) => `'${join(directory, String(i), name)}'`;
      return `\\o ${at('csv')}\n\\i ${at('sql')}\n\\o ${at('state')}\n\\qecho :SQLSTATE\n`;
    });
    await run(url, [`\\pset null '${NULL}'\n`, ...script, '\\o\n'].join(''));
    return await Promise.all(
      statements.map(async (_, i) => {
        const [csv, state] = await Promise.all(
          ['csv', 'state'].map((name) => readFile(join(directory, String(i), name), 'utf8')),
        );
        const sqlstate = state!.trim();
        return sqlstate === '00000' ? parseCsv(csv!) : { sqlstate };
      }),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function run(url: string, script: string): Promise<void> {
  const child = spawn('psql', ['--no-psqlrc', '--quiet', '--csv', '--dbname', url], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env['PATH'], PGCLIENTENCODING: 'UTF8', PGAPPNAME: 'psql' },
  });
  child.stdin.end(script);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`psql: exit code ${code}`)),
    );
  });
}

/** RFC 4180 with psql's line ends: `\n`, the first line has the columns' names. */
function parseCsv(text: string): Outcome {
  const lines: Row[] = [];
  let line: (string | null)[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/gy;
  for (const [, quoted, bare, end] of text.matchAll(field)) {
    const value = quoted?.replaceAll('""', '"') ?? bare!;
    line.push(value === NULL ? null : value);
    if (end === '\n') {
      lines.push(line);
      line = [];
    }
  }
  const [header = [], ...rows] = lines;
  // No column at all is an empty line; no column is called so.
  if (header.length === 1 && header[0] === '') return { names: [], rows: rows.map(() => []) };
  return { names: header.map((name) => name ?? ''), rows };
}
