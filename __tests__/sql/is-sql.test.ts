import { describe, expect, test } from '@jest/globals';
import { isSql } from '../../lib/sql/is-sql.js';

describe('a text is SQL', () => {
  test.each([
    'select 1',
    'SELECT 1;',
    '-- all\n/* of them */ table orders',
    '(select 1) union (select 2)',
    'with x as (select 1) table x',
    'values (1)',
    'show server_version',
    'SHOW ALL',
    'show TimeZone',
    'show time zone',
    'show transaction isolation level',
    'show session authorization',
    'show shop.setting',
    'explain select 1',
    'delete from orders',
    'drop table orders',
    'select 1; select 2',
  ])('where it parses: %s', async (text) => {
    expect(await isSql(text)).toBe(true);
  });

  test.each([
    'select 1 +',
    'select * form orders',
    '-- x\n(select 1',
    'with x as (select 1',
    'WITH RECURSIVE x(n) AS (select',
    'values (1',
    'explain (analyze select 1',
    'insert into orders',
    'update orders set',
    'delete from',
    'create table',
    'copy orders to',
  ])('where it begins as nothing else does: %s', async (text) => {
    expect(await isSql(text)).toBe(true);
  });
});

describe('a text is a request', () => {
  test.each([
    '',
    '   ',
    '-- only a comment',
    'orders',
    'top 5 customers by revenue',
    'show me all orders',
    'show orders',
    'Show customers;',
    'show all orders of 2024',
    'table of all customers',
    'values of orders per month',
    'with which customers did we earn most',
    'explain the orders of May',
    'delete the orders of 2020',
    'update the prices',
    'how many orders are there?',
    'alle Bestellungen aus München',
  ])('where it is no SQL: %j', async (text) => {
    expect(await isSql(text)).toBe(false);
  });
});
