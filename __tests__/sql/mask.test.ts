import { describe, expect, test } from '@jest/globals';
import { holdsSecret, withoutSecrets } from '../../lib/sql/mask.js';

describe('what is kept of a statement', () => {
  test.each([
    [`alter role ann password 'hunter2'`, `alter role ann password '********'`],
    [
      `create role r login encrypted  password e'hun\\'ter2' valid until 'x'`,
      `create role r login encrypted  password '********' valid until 'x'`,
    ],
    [`create user u PASSWORD $q$hunter2$q$`, `create user u PASSWORD '********'`],
    [
      `create user mapping for u server s options (user 'u', password 'hunter''2')`,
      `create user mapping for u server s options (user 'u', password '********')`,
    ],
    [
      `create subscription s connection 'host=h password=hunter2 dbname=d' publication p`,
      `create subscription s connection 'host=h password=******** dbname=d' publication p`,
    ],
    [
      `select dblink('postgres://me:hunter2@h/d', 'x')`,
      `select dblink('postgres://me:********@h/d', 'x')`,
    ],
  ])('has no password: %s', (sql, masked) => {
    expect(withoutSecrets(sql)).toBe(masked);
    expect(holdsSecret(sql)).toBe(true);
  });

  test.each([
    `update users set password = null where id = 1`,
    `insert into t values ('a: b', 'https://example.com/x@y')`,
    `select 1`,
  ])('is the same where there is none: %s', (sql) => {
    expect(withoutSecrets(sql)).toBe(sql);
  });
});
