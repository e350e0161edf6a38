import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { passfilePassword } from '../../lib/databases/passfile.js';

describe('the password file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgask-passfile-'));
  const path = join(directory, '.pgpass');
  const warnings: string[] = [];
  const find = (host: string, port = 5432, database = 'd', user = 'u') =>
    passfilePassword(path, { host, port, database, user }, (message) => warnings.push(message));

  beforeAll(() => {
    writeFileSync(
      path,
      '# comment\n/tmp:6000:*:u:seven\nlocal\\:host:*:d:u:one\\:two\nlocalhost:5432:*:*:three\n*:*:*:u:four:five\nbroken\n',
      { mode: 0o600 },
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('gives the first line that fits', () => {
    expect(find('local:host')).toBe('one:two');
    expect(find('localhost')).toBe('three');
    expect(find('/tmp')).toBe('three');
    expect(find('/tmp', 6000)).toBe('seven');
    expect(find('/var/run/postgresql', 6000)).toBe('four:five');
    expect(find('elsewhere')).toBe('four:five');
    expect(find('elsewhere', 1, 'd', 'other')).toBeUndefined();
  });

  test('is not used when others can read it, and that is said', () => {
    chmodSync(path, 0o644);
    expect(find('localhost')).toBeUndefined();
    expect(warnings.at(-1)).toMatch(/can be read by others/);
    chmodSync(path, 0o600);
  });

  test('may be missing', () => {
    expect(
      passfilePassword('/nonexistent', { host: 'a', port: 1, database: 'd', user: 'u' }, () => {
        throw new Error('no warning');
      }),
    ).toBeUndefined();
  });
});
