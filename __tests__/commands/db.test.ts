import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Finished, type Machine, machine, run, type RunOptions } from '../support/program.js';
import {
  testDatabase,
  type TestDatabase,
  testRole,
  type TestRole,
  testServer,
} from '../support/server.js';

const machines: Machine[] = [];
afterAll(() => {
  for (const one of machines) one.remove();
});

/** A machine whose working directory has that configuration; the user's file where there is none. */
function place(config?: object) {
  const on = machine();
  machines.push(on);
  const project = join(on.home, 'agent.config.json');
  if (config !== undefined)
    writeFileSync(project, JSON.stringify(config, null, 2), { mode: 0o600 });
  const path =
    config === undefined ? join(on.env['XDG_CONFIG_HOME']!, 'pgask/agent.config.json') : project;
  return {
    db: (...words: string[]) => run(['db', ...words], { on }),
    run: (args: readonly string[], options: RunOptions = {}) => run(args, { on, ...options }),
    text: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    content: () => JSON.parse(readFileSync(path, 'utf8')) as unknown,
  };
}

const refused = (finished: Finished, why: string | RegExp) => {
  expect(finished.stderr).toMatch(why);
  expect(finished).toMatchObject({ code: 2, stdout: '' });
};

describe('db add', () => {
  test('makes the user file, and the database is the default', async () => {
    const { db, content } = place();
    const url = 'postgresql://me@db.example/shop';
    const { code, stdout, stderr } = await db(
      ...['add', 'shop', url, '--access', 'write', '--comment', 'orders "and" more'],
      ...['--password-env', 'SHOP_PASSWORD'],
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('shop was added');
    expect(content()).toEqual({
      databases: {
        shop: {
          url,
          access: 'write',
          comment: 'orders "and" more',
          passwordEnv: 'SHOP_PASSWORD',
        },
      },
    });
    const listed = await db('list', '-F', 'csv');
    expect(listed.stdout).toContain(`shop,yes,server,write,${url},"orders ""and"" more"\n`);
  });

  test('leaves all else in the project file as it is, and says when nothing is the default any more', async () => {
    const { db, text } = place({ databases: { one: { host: 'a' } }, limits: { maxSteps: 3 } });
    const before = text()!;
    const { code, stderr } = await db('add', 'two', 'host=b dbname=x');
    expect(code).toBe(0);
    expect(stderr).toContain('pgask db use one');
    expect(text()).toBe(
      before.replace(
        '"host": "a"\n    }\n',
        '"host": "a"\n    },\n    "two": { "url": "host=b dbname=x" }\n',
      ),
    );
  });

  test('reads the connection from stdin where a - says so', async () => {
    const { run: start, content } = place();
    const finished = await start(['db', 'add', 'shop', '-'], { stdin: 'postgresql:///shop\n' });
    expect(finished.code).toBe(0);
    expect(content()).toEqual({ databases: { shop: { url: 'postgresql:///shop' } } });
  });

  test.each([
    'postgresql://me:hunter2@db.example/shop',
    'postgresql://me:hun/hunter2@db.example/shop',
    'postgresql://me:a:b:hunter2/c@db.example/shop',
    'postgresql://me@db.example/shop?password=hunter2',
    'postgresql://me@db.example/shop?pasword=hunter2',
    "host=h user=me password='hunter2'",
    'postgresql://me%3Ahunter2@db.example/shop',
  ])('writes and repeats no password: %s', async (url) => {
    const { db, run: start, text } = place();
    for (const finished of [
      await db('add', 'shop', url),
      await start(['db', 'add', 'shop', '-'], { stdin: url }),
      await db('add', url, 'shop'),
      await db('add', 'shop', 'host=h', '--password-env', 'hunter2 is it'),
      await db('remove', url),
      await db('use', url),
    ]) {
      expect(finished.code).toBe(2);
      expect(finished.stdout + finished.stderr).not.toContain('hunter2');
    }
    expect((await db('add', 'shop', url)).stderr).toMatch(/--password-env .* ~\/\.pgpass/);
    expect(text()).toBeUndefined();
  });

  test('takes no name twice, and no name that is none', async () => {
    const { db, text } = place({ databases: { shop: { host: 'a' } } });
    const before = text();
    refused(await db('add', 'shop', 'host=b'), 'there is a database shop already');
    for (const name of ['a b', 'a=b', '.x', 'a/b', '__proto__']) {
      refused(await db('add', name, 'host=b'), /name/);
    }
    expect(text()).toBe(before);
  });

  test.each([
    [['add', 'shop'], /needs to know where/],
    [['add', 'shop', 'somewhere'], /not valid/],
    [['add', 'shop', 'postgresql://h/d?sslmod=require'], /may be one|unknown connection parameter/],
    [['add', 'shop', 'host=h hots=x'], /may be one|unknown connection parameter/],
    [['add'], /needs the name/],
    [['remove'], /needs the name/],
    [['use'], /needs the name/],
    [['test', 'sample', 'x'], /a third word does not go with db test/],
    [['list', '--role', 'x'], /--role does not go with db list/],
    [['remove', 'x', '--password-env', 'X'], /--password-env does not go with db remove/],
    [['add', 'shop', 'host=h', '--access', 'everything'], /unknown access everything/],
  ])('%j is a usage error', async (words, why) => {
    const { db, text } = place();
    refused(await db(...words), why);
    expect(text()).toBeUndefined();
  });

  test('loses none of several that are added at once', async () => {
    const { db, content } = place({});
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => db('add', name, `host=${name}`)));
    expect(Object.keys((content() as { databases: object }).databases).sort()).toEqual(names);
  });
});

describe('db remove', () => {
  test('takes it away, and with it the default that it was', async () => {
    const config = { databases: { one: { host: 'a' }, two: { host: 'b' } }, database: 'two' };
    const { db, content } = place(config);
    expect(await db('remove', 'two')).toMatchObject({ code: 0, stdout: '' });
    expect(content()).toEqual({ databases: { one: { host: 'a' } } });
    expect((await db('list', '-F', 'csv')).stdout).toContain('one,yes,');
    refused(await db('remove', 'two'), 'no configuration file names a database two');
    refused(await db('remove', 'sample'), 'no configuration file names a database sample');
  });

  test('does not leave another file with a default that is nowhere', async () => {
    const on = machine();
    machines.push(on);
    await run(['db', 'add', 'mine', 'host=a'], { on });
    const project = join(on.home, 'agent.config.json');
    writeFileSync(project, '{ "database": "mine" }', { mode: 0o600 });
    refused(
      await run(['db', 'remove', 'mine'], { on }),
      /agent.config.json has mine as its default/,
    );
  });
});

describe('db test, and a database that wants a role which only reads', () => {
  let database: TestDatabase;
  let reader: TestRole;
  let readerUrl: string;
  beforeAll(async () => {
    database = await testDatabase({
      sql: ['create table public.t as select 1 as id; grant select on public.t to public'],
    });
    reader = await testRole({ auth: 'scram' });
    readerUrl = (await testServer()).url(database.name, { name: reader.name });
  });
  afterAll(async () => {
    await database.drop();
    await reader.drop();
  });

  /** The same, and the user trusts it. */
  const trusted = async (content: object) => {
    const there = place(content);
    await there.run(['config', 'trust']);
    return there;
  };
  const config = () => ({
    databases: {
      strict: { url: database.url, requireReadOnlyRole: true },
      reader: { url: readerUrl, passwordEnv: 'READER', requireReadOnlyRole: true },
    },
    database: 'strict',
  });

  test('tells who the server takes us for, and that it is too much', async () => {
    const { code, stdout, stderr } = await (
      await trusted(config())
    ).db('test', 'strict', '-F', 'csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        [
          'what,value',
          'database,strict',
          String.raw`server version,\d+\S*`,
          `connected to,${database.name}`,
          'role,postgres',
          'TLS,no',
          String.raw`milliseconds,\d+`,
          'superuser,yes',
          'verdict,too much: the role is a superuser\n$',
        ].join('\n'),
      ),
    );
    expect(stderr).toMatch(
      /^warning: the role postgres can do more than read: it is a superuser \(pgask db grant-readonly strict .*\)\n$/,
    );
  });

  test('is quiet about a role that only reads', async () => {
    const { run: start } = await trusted(config());
    const env = { READER: reader.password };
    const { code, stdout, stderr } = await start(['db', 'test', 'reader', '-F', 'json'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = JSON.parse(stdout) as { what: string; value: string }[];
    expect(rows.at(-1)).toEqual({ what: 'verdict', value: 'the role can only read' });
  });

  test('reads with the one role and is refused with the other, whatever the command', async () => {
    const { run: start } = await trusted(config());
    const env = { READER: reader.password };
    const read = await start(['sql', 'table t', '-d', 'reader', '-F', 'csv'], { env });
    expect(read).toMatchObject({ code: 0, stdout: 'id\n1\n' });
    for (const args of [['sql', 'table t'], ['schema'], ['how many t are there']]) {
      const { code, stdout, stderr } = await start([...args, '--errors', 'json'], { env });
      const { error } = JSON.parse(stderr.trim().split('\n').at(-1)!) as { error: object };
      expect(error).toMatchObject({
        code: 'refused',
        message: 'refused: the role postgres of strict can do more than read: it is a superuser',
      });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    }
  });

  test('connects nowhere with exit 2', async () => {
    const { code, stdout } = await place().db('test', 'postgresql://me@127.0.0.1:1/x');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
