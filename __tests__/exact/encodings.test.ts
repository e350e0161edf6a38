import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestServer } from '../support/server.js';
import { run } from '../support/program.js';
import { FORMATS } from './expected.js';
import { type Ground, openSessions } from './ground.js';
import { openSession } from './session.js';
import { chosenServers } from './servers.js';

/** Every byte but NUL, which no text has. */
const BYTES = Buffer.from(Array.from({ length: 255 }, (_, n) => n + 1));
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe.each(chosenServers())('encodings of a database on $name', (available) => {
  let server: TestServer;
  const made = new Map<string, Promise<Ground>>();

  beforeAll(async () => {
    server = await available.start();
  });
  afterAll(async () => {
    const session = await openSession(server.url());
    for (const [encoding, ground] of made) {
      await (await ground).close();
      await session.run(`drop database ${nameOf(encoding)} with (force)`);
    }
    await session.close();
  });

  const nameOf = (encoding: string) => `in_${encoding.toLowerCase()}_${process.pid}`;

  function database(encoding: string): Promise<Ground> {
    const ground = made.get(encoding) ?? make(encoding);
    made.set(encoding, ground);
    return ground;
  }

  async function make(encoding: string): Promise<Ground> {
    const name = nameOf(encoding);
    const session = await openSession(server.url());
    await session.run(`create database ${name} encoding '${encoding}' template template0
      locale_provider libc lc_collate 'C' lc_ctype 'C'`);
    await session.close();
    // To a client that speaks UTF-8 a server sends nothing that is not.
    return await openSessions(server.url(name), '', encoding === 'SQL_ASCII' ? encoding : 'UTF8');
  }

  test('SQL_ASCII: bytes that are no text in any encoding arrive as they are', async () => {
    const ground = await database('SQL_ASCII');
    await ground.session.run('create table odd (id int, x text, xs text[])');
    const rows = [...BYTES].map((byte, n) =>
      Buffer.concat([
        latin1(`${n}\t`),
        escaped(byte),
        latin1('\t{"a'),
        escaped(byte),
        latin1('"}\n'),
      ]),
    );
    // A quotation mark and a backslash would need another escape within an array.
    const fit = rows.filter((_, n) => ![0x22, 0x5c].includes(n + 1));
    await ground.session.copyIn('copy odd from stdin', Buffer.concat(fit));
    await ground.session.run(
      Buffer.concat([
        latin1(`insert into odd values (1000, '`),
        latin1('caf\xe9 \xff\xfe'),
        latin1(`', null)`),
      ]),
    );
    await ground.compare('select * from odd order by id');
    await ground.compare('select o, id from odd o order by id');
    await ground.compare(`select string_agg(x, '') as all, count(*) as n from odd where id > 127`);
  });

  test('SQL_ASCII: names of columns too', async () => {
    const ground = await database('SQL_ASCII');
    await ground.session.run(
      latin1('create view odd_names as select 1 as "caf\xe9", 2 as "\xff", 3 as a'),
    );
    await ground.compare('select * from odd_names');
    await ground.compare('table odd_names');
  });

  test('LATIN1: text is UTF-8 outside', async () => {
    const ground = await database('LATIN1');
    await ground.session.run(
      `create table words as select chr(n) as "é", n from generate_series(160, 255) n`,
    );
    await ground.compare('select * from words order by n');
    await ground.compare(`select 'ÿ' as ü, array['é'] as l`);
    expect((await ground.printer.print(`select 'é' as ü`, 'csv')).toString()).toBe('ü\né\n');
  });

  test('LATIN1: a character of a statement that the database does not have is told', async () => {
    const ground = await database('LATIN1');
    const failure = ground.printer.print(`select '名' as a`, 'csv');
    await expect(failure).rejects.toMatchObject({ sqlstate: '22P05' });
  });

  test('EUC_JP: text is UTF-8 outside', async () => {
    const ground = await database('EUC_JP');
    await ground.compare(`select '日本語' as 名前, array['ｶﾅ', null] as l, row('漢字', 1) as r`);
    await ground.compare(`select 'é' as a, 'ア' as "'é'", repeat('々', 3000) as long`);
  });

  test('EUC_JP: a character that can not be told outside is an error, exit 1', async () => {
    const ground = await database('EUC_JP');
    await ground.session.run(`create table odd as select 1 as n, '日本' as x`);
    await ground.session.run(`insert into odd select 2, convert_from('\\xa9a1', 'EUC_JP')`);
    for (const format of [...FORMATS, 'table']) {
      const failure = ground.printer.print('select * from odd order by n', format);
      await expect(failure).rejects.toMatchObject({ sqlstate: '22P05', exit: 1 });
      const program = await run([
        'sql',
        'select * from odd order by n',
        '-d',
        ground.url,
        '-F',
        format,
      ]);
      expect(program).toMatchObject({ code: 1 });
      expect(program.stderr).toContain('has no equivalent in encoding "UTF8"');
    }
  });
});

/** As COPY's text format takes a byte: those that would end a field or mean something are written in octal. */
function escaped(byte: number): Buffer {
  return byte < 0x20 || byte === 0x5c
    ? latin1(`\\${byte.toString(8).padStart(3, '0')}`)
    : Buffer.of(byte);
}
