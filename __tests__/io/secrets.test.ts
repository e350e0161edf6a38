import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskUrls, maskWords } from '../../lib/io/mask.js';
import { openSecrets } from '../../lib/io/secrets.js';
import { secretsIn } from '../../lib/io.js';

function knowing(...secrets: string[]) {
  const known = openSecrets();
  known.add(...secrets);
  return known;
}

describe('a known secret', () => {
  const odd = `p@ss/w'r:d%2 \\"é+`;
  test.each([
    ['itself', odd],
    ['percent-encoded', encodeURIComponent(odd)],
    ['percent-encoded in capitals and not', encodeURIComponent(odd).toLowerCase()],
    ['percent-encoded throughout', [...Buffer.from(odd)].map((b) => `%${b.toString(16)}`).join('')],
    ['in a form', new URLSearchParams({ a: odd }).toString().slice(2)],
    ['as libpq quotes it', odd.replace(/['\\]/g, '\\$&')],
    ['as SQL quotes it', odd.replaceAll("'", "''")],
    ['as JSON quotes it', JSON.stringify(odd).slice(1, -1)],
    ['in capitals', odd.toUpperCase()],
  ])('is hidden as %s', (_name, spelling) => {
    expect(knowing(odd).inWords(`before ${spelling} after`)).toBe('before ******** after');
    expect(knowing(odd).inSql(`before ${spelling} after`)).toBe('before ******** after');
  });

  test('is hidden whatever it is made of', () => {
    const secret = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 20 })
      .filter((one) => one.trim().length >= 8);
    fc.assert(
      fc.property(secret, (one) => {
        expect(knowing(one).inWords(`<${one}>`)).not.toContain(one.trim());
        expect(knowing(one).inWords(encodeURIComponent(one))).not.toContain(
          encodeURIComponent(one.trim()),
        );
      }),
    );
  });

  test('that is short counts where it stands alone', () => {
    const { inWords } = knowing('shop');
    expect(inWords('shop: shop_items, workshop')).toBe('********: shop_items, workshop');
  });

  test('that could be a word is left in what is kept, sent or run', () => {
    const { inSql, inText } = knowing('inventory', '20240101', 'shop');
    const sql = "select * from inventory where day = '20240101'";
    expect(inSql(sql)).toBe(sql);
    expect(inText(sql)).toBe(sql);
  });

  test.each(['hunter2', 's3cr3t', 'PlantedSecret', 'plantedsecret', 'a-b-c-d'])(
    'that could be none is not: %s',
    (secret) => {
      expect(knowing(secret).inSql(`select '${secret}'`)).toBe("select '********'");
    },
  );

  test('that everybody knows is none', () => {
    const { inWords } = knowing('postgres', 'password', 'abc', '');
    expect(inWords('password of postgres, abc')).toBe('password of postgres, abc');
  });

  test('that begins like another does not uncover it', () => {
    expect(knowing('s3cret-one', 's3cret-one-longer').inWords('s3cret-one-longer')).toBe(
      '********',
    );
  });
});

describe('words with URLs in them', () => {
  test.each([
    [
      'see "postgres://me:pw@h/d?password=x", or',
      'see "postgres://me:********@h/d?password=********", or',
    ],
    ['(https://token@h/v1)', '(https://********@h/v1)'],
    ['at http://h/v1?api_key=k.', 'at http://h/v1?api_key=********'],
    ['https://example.com/@me and http://h:80/v1', 'https://example.com/@me and http://h:80/v1'],
    ['nothing here', 'nothing here'],
  ])('%s', (text, shown) => {
    expect(maskUrls(text)).toBe(shown);
  });

  test.each([
    ["host=h password='a b' user=u", 'host=h password=******** user=u'],
    ['PGPASSWORD=x; sslpassword=y', 'PGPASSWORD=********; sslpassword=********'],
    [
      'agent.config.json:4: databases.a.password: expected text',
      'agent.config.json:4: databases.a.password: expected text',
    ],
    [
      'check the password (URL, PGPASSWORD or ~/.pgpass)',
      'check the password (URL, PGPASSWORD or ~/.pgpass)',
    ],
  ])('with what stands behind password=: %s', (text, shown) => {
    expect(maskWords(text)).toBe(shown);
  });
});

describe('the secrets in a connection', () => {
  test.each([
    ['postgres://me:p%40ss@h/d', ['p%40ss', 'p@ss']],
    ['postgres://me@h/d?password=p%40&sslmode=require', ['p%40', 'p@']],
    ['postgres://me%3Apw@h/d', ['pw']],
    ["host=h password='it\\'s' user=u", ["it's"]],
    ['host=h pasword=x', ['x']],
    ['postgres://me@h/d', []],
    ['shop', []],
  ])('%s', (connection, secrets) => {
    expect(secretsIn(connection)).toEqual(secrets);
  });
});
