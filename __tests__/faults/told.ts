/** The built program over connections that fail, and what it tells of them; for the suites beside. */
import { afterAll, expect } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrivateServer } from '../support/private-server.js';
import { type Finished, type Machine, machine, run, type RunOptions } from '../support/program.js';

/** The password of alice, which nothing may tell. */
export const SECRET = 'Hunter2!Hunter2';

/** The built program's answer to one statement. */
export function sql(
  db: string,
  statement = 'select 1 as one',
  options: RunOptions & { args?: string[] } = {},
) {
  const { args = [], ...rest } = options;
  return run(['sql', statement, '--db', db, '-F', 'csv', '--errors', 'json', ...args], rest);
}

interface Told {
  readonly code: string;
  readonly exit: number;
  readonly message: string;
  readonly hint: string;
  readonly sqlstate?: string;
}

function told({ stderr }: Finished): Told {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  try {
    return (JSON.parse(line) as { error: Told }).error;
  } catch {
    throw new Error(`no error was told: ${stderr}`);
  }
}

/** A sentence, a hint, the code, and no password. */
export function failed(finished: Finished, exit: number, message: RegExp): Told {
  const error = told(finished);
  expect(error.message).toMatch(message);
  expect({ exit: error.exit, code: finished.code, signal: finished.signal }).toEqual({
    exit,
    code: exit,
    signal: null,
  });
  expect(error.hint).toBeTruthy();
  expect(finished.stdout + finished.stderr).not.toContain(SECRET);
  return error;
}

const machines: Machine[] = [];
afterAll(() => {
  for (const one of machines) one.remove();
});

/** A machine that is removed after the suite. */
export function own(): Machine {
  const made = machine();
  machines.push(made);
  return made;
}

/** Waits until so many sessions run a statement with this text; the process id of one. */
export async function sleepers(server: PrivateServer, text: string, count = 1): Promise<number> {
  for (let tries = 0; tries < 400; tries++) {
    const rows = await server.run(
      `select pid from pg_stat_activity where state = 'active' and query like '%${text}%' and pid <> pg_backend_pid()`,
    );
    if (rows.length >= count) return Number(rows[0]!['pid']);
    await sleep(20);
  }
  throw new Error(`nobody runs ${text}`);
}
