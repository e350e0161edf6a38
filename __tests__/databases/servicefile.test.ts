import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveConnection } from '../../lib/databases/connection.js';

describe('a service', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgask-service-'));
  const file = join(directory, 'services');
  beforeAll(() => {
    writeFileSync(
      file,
      '# ours\n[shop]\nhost = db.example\nport=6000\n\n[other]\nhots=x\n[shop]\nport=1\n',
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  const environment = { PGSERVICEFILE: file, PGHOST: 'env', PGUSER: 'eve' };

  test('is weaker than what is given and stronger than the environment', () => {
    const target = resolveConnection({ service: 'shop', host: 'given' }, environment, undefined);
    expect(target).toMatchObject({ hosts: [{ host: 'given', port: 6000 }], user: 'eve' });
    const named = resolveConnection({}, { ...environment, PGSERVICE: 'shop' }, undefined);
    expect(named.hosts).toMatchObject([{ host: 'db.example', port: 6000 }]);
  });

  test('that nobody defines, or that is wrong, is an error and no other server', () => {
    expect(() => resolveConnection({ service: 'nope' }, environment, undefined)).toThrow(
      /service nope is not defined/,
    );
    expect(() => resolveConnection({ service: 'other' }, environment, undefined)).toThrow(
      /unknown connection parameter: hots/,
    );
  });

  test('is looked for in the user’s file first, then in the system’s', () => {
    const home = join(directory, 'home');
    const system = join(directory, 'system');
    for (const folder of [home, system]) mkdirSync(folder);
    writeFileSync(join(home, '.pg_service.conf'), '[mine]\nhost=own\n');
    writeFileSync(join(system, 'pg_service.conf'), '[mine]\nhost=x\n[all]\nhost=shared\n');
    const hostOf = (service: string, more = {}) =>
      resolveConnection({ service, ...more }, { PGSYSCONFDIR: system }, home).hosts[0]!.host;
    expect(hostOf('mine')).toBe('own');
    expect(hostOf('all')).toBe('shared');
    expect(hostOf('shop', { servicefile: file })).toBe('db.example');
    expect(() => hostOf('nope')).toThrow(/service nope is not defined/);
    expect(() => hostOf('mine', { servicefile: join(home, 'missing') })).toThrow(/can't be read/);
  });

  test.each([
    ['[s]\nservice=other\n', /a service can't name another service/],
    ['[s]\nhost\n', /:2: not a key=value line/],
    ['[s]\nldap://h/x?y\n', /:2: .*LDAP/],
  ])('%j is refused, with its place', (text, message) => {
    const odd = join(directory, 'odd');
    writeFileSync(odd, text);
    expect(() => resolveConnection({ service: 's', servicefile: odd }, {}, undefined)).toThrow(
      message,
    );
  });

  test('takes comments, spaces and the first of two lines', () => {
    const odd = join(directory, 'odd');
    writeFileSync(
      odd,
      ' # c\n[s]\r\n  host = a b  \r\n# c\nhost=second\noptions=-c x=1\n[s]\nport=1\n',
    );
    const target = resolveConnection({ service: 's', servicefile: odd }, {}, undefined);
    expect(target).toMatchObject({
      hosts: [{ host: 'a b', port: 5432 }],
      startup: { options: '-c x=1' },
    });
  });
});
