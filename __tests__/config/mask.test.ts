import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holdsSecret, maskConnection, maskUrl } from '../../lib/config/mask.js';

describe('masking a connection', () => {
  test.each([
    ['postgresql://me@h:5432/shop', 'postgresql://me@h:5432/shop'],
    ['postgresql://me:hunter2@h:5432/shop', 'postgresql://me:********@h:5432/shop'],
    [
      'postgres://me:hunter2@h1:1,h2:2/shop?sslmode=require',
      'postgres://me:********@h1:1,h2:2/shop?sslmode=require',
    ],
    ['postgres://:hunter2@/shop?host=/tmp', 'postgres://:********@/shop?host=/tmp'],
    ['postgres://h/shop?user=me&password=hunter2', 'postgres://h/shop?user=me&password=********'],
    ['postgres://h/shop?p%61ssword=hunter2', 'postgres://h/shop?p%61ssword=********'],
    ['postgres://h/shop?pasword=hunter2', 'postgres://h/shop?pasword=********'],
    ['postgres://h/shop?password=a@b', 'postgres://h/shop?password=********'],
    ['postgres://h/shop?user=me@corp', 'postgres://h/shop?user=me@corp'],
    ['postgres://me:a@b/c?d:e@h/shop', 'postgres://me:********@h/shop'],
    ['postgres://me@corp:hunter2@h/shop', 'postgres://me@corp:********@h/shop'],
    ['postgres://me%3Ahunter2@h/shop', 'postgres://me:********@h/shop'],
    ['postgres://me:hunter2/shop', 'postgres://me:********'],
    ['postgres://[::1]:5432/shop', 'postgres://[::1]:5432/shop'],
    ['postgres:///shop', 'postgres:///shop'],
    ['host=h dbname=shop', 'host=h dbname=shop'],
    ['host=h password=hunter2 dbname=shop', 'host=h password=******** dbname=shop'],
    ["password = 'my \\'hunter2' host=h", 'password=******** host=h'],
    ['password=my hunter2 host=h', 'password=******** host=h'],
    ["host=h password='hunter2 user=me", 'host=h password=********'],
    ['PASSWORD=hunter2', 'PASSWORD=********'],
    ['host=h pasword=hunter2', 'host=h pasword=********'],
    ['dbname=postgres://me:hunter2@h/shop', 'dbname=postgres://me:********@h/shop'],
    ['sample', 'sample'],
    ['', ''],
  ])('%s', (text, shown) => {
    expect(maskConnection(text)).toBe(shown);
    expect(holdsSecret(text)).toBe(text !== shown);
  });

  test.each([
    ['https://token@h/v1', 'https://********@h/v1'],
    ['https://u:p@h/v1', 'https://********@h/v1'],
    [
      'https://h/v1?api-version=2024-06-01&api-key=k',
      'https://h/v1?api-version=2024-06-01&api-key=********',
    ],
    ['https://h/v1?k', 'https://h/v1?********'],
    ['https://h/v1#k', 'https://h/v1#********'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ])('of a model: %s', (url, shown) => {
    expect(maskUrl(url)).toBe(shown);
  });

  // Any characters around a core that can be looked for.
  const wild = fc.string({ unit: fc.constantFrom(...'ab1@:/?#&=%\'"\\ ;,.+-[]é😀'), maxLength: 8 });
  const password = fc.tuple(wild, wild).map(([a, b]) => `${a}QZX${b}QZX`);
  const encodings = [
    (text: string) => text,
    encodeURIComponent,
    (text: string) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  ];
  const encoded = fc.tuple(password, fc.constantFrom(...encodings)).map(([text, to]) => to(text));
  const shows = (text: string) => /QZX|%51%5a%58/i.test(text);

  test('no password of a URL is shown, however it is encoded or not', () => {
    const user = fc.constantFrom('', 'me', 'me%40corp');
    const place = fc.constantFrom(
      'h/db',
      'h:5432/db',
      '[::1]:5/db',
      '/db?host=/tmp',
      'h1:1,h2/db?sslmode=require',
    );
    fc.assert(
      fc.property(user, encoded, place, (name, secret, rest) => {
        expect(shows(maskConnection(`postgresql://${name}:${secret}@${rest}`))).toBe(false);
        return !shows(maskUrl(`https://${name}:${secret}@${rest}`));
      }),
      { numRuns: 1000 },
    );
  });

  test('no password of a query is shown', () => {
    const inQuery = fc
      .tuple(password, fc.constantFrom(...encodings.slice(1)))
      .map(([text, to]) => to(text));
    fc.assert(
      fc.property(inQuery, (secret) => {
        return !shows(maskConnection(`postgresql://me@h:5/db?sslmode=require&password=${secret}`));
      }),
    );
  });

  test('no password of a key=value string is shown, quoted as libpq wants it', () => {
    fc.assert(
      fc.property(password, fc.boolean(), (secret, last) => {
        const quoted = `'${secret.replace(/['\\]/g, '\\$&')}'`;
        const text = last ? `host=h password=${quoted}` : `password = ${quoted} host=h`;
        return !shows(maskConnection(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing makes it throw', () => {
    const anything = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anything, (text) => {
        maskConnection(text);
        maskUrl(text);
        maskConnection(`postgres://${text}`);
      }),
    );
  });
});
