import { describe, expect, test } from '@jest/globals';
import { addMonths, startOf } from '../../lib/planner/text/calendar.js';
import { datesAt } from '../../lib/planner/text/dates.js';
import { plural, root, singular, verbBases } from '../../lib/planner/text/inflection.js';
import { numberAt } from '../../lib/planner/text/numbers.js';
import { tokenize } from '../../lib/planner/text/tokens.js';

const TODAY = '2025-08-20';

describe('tokens', () => {
  test.each([
    ["What's Ann's e-mail?", ['what', 'is', 'ann', "'s", 'e', 'mail']],
    ["orders that haven't shipped", ['orders', 'that', 'have', 'not', 'shipped']],
    ['over €1,200.50 & up', ['over', '1200.50', 'and', 'up']],
    ['since 2024-05-01', ['since', '2024-05-01']],
    ["“Night Trains” or 'Salt Roads'", ['Night Trains', 'or', 'Salt Roads']],
    ["customers' orders", ['customers', "'s", 'orders']],
    ['order #17', ['order', '17']],
    ['5k items', ['5k', 'items']],
  ])('of %s', (request, words) => {
    expect(tokenize(request).map(({ word }) => word)).toEqual(words);
  });
});

describe('numbers', () => {
  test.each([
    ['12', '12'],
    ['5k', '5000'],
    ['2 million', '2000000'],
    ['twenty five', '25'],
    ['two hundred', '200'],
    ['a dozen', '12'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%s', (text, digits) => {
    expect(numberAt(tokenize(text), 0)?.digits).toBe(digits);
  });
});

describe('dates', () => {
  test.each([
    ['in 2024', '2024-01-01', '2025-01-01'],
    ['in March 2024', '2024-03-01', '2024-04-01'],
    ['in March', '2025-03-01', '2025-04-01'],
    ['in October', '2024-10-01', '2024-11-01'],
    ['on 2024-02-29', '2024-02-29', '2024-03-01'],
    ['on March 5, 2024', '2024-03-05', '2024-03-06'],
    ['on the 5th of March 2024', '2024-03-05', '2024-03-06'],
    ['yesterday', '2025-08-19', '2025-08-20'],
    ['last month', '2025-07-01', '2025-08-01'],
    ['this year', '2025-01-01', '2026-01-01'],
    ['last quarter', '2025-04-01', '2025-07-01'],
    ['last week', '2025-08-11', '2025-08-18'],
    ['in the last 30 days', '2025-07-21', '2025-08-21'],
    ['in the past 3 months', '2025-05-20', '2025-08-21'],
    ['in Q2 2024', '2024-04-01', '2024-07-01'],
    ['in the second quarter of 2024', '2024-04-01', '2024-07-01'],
    ['in the 90s', '1990-01-01', '2000-01-01'],
    ['in the nineteen seventies', '1970-01-01', '1980-01-01'],
    ['in the 1800s', '1800-01-01', '1900-01-01'],
    ['in the 17th century', '1601-01-01', '1701-01-01'],
    ['in the final quarter of 2023', '2023-10-01', '2024-01-01'],
    ['in the second half of 2022', '2022-07-01', '2023-01-01'],
    ['by 2022', undefined, '2023-01-01'],
    ['no later than June 2022', undefined, '2022-07-01'],
    ['before the end of 2022', undefined, '2023-01-01'],
    ['after the start of May 2022', '2022-05-01', undefined],
    ['between the 3rd of March and the 5th of June 2022', '2022-03-03', '2022-06-06'],
    ['in the years 2020 to 2022', '2020-01-01', '2023-01-01'],
    ['a year ago', '2024-08-20', '2024-08-21'],
    ['since March', '2025-03-01', undefined],
    ['before 2024-05-01', undefined, '2024-05-01'],
    ['after 2023', '2024-01-01', undefined],
    ['until June 2024', undefined, '2024-07-01'],
    ['in 2020 or later', '2020-01-01', undefined],
    ['between January and March 2024', '2024-01-01', '2024-04-01'],
    ['from 2024-01-10 to 2024-01-20', '2024-01-10', '2024-01-21'],
  ])('%s', (text, from, to) => {
    const tokens = tokenize(text);
    const [longest] = datesAt(tokens, 0, TODAY);
    expect(longest?.end).toBe(tokens.length);
    expect([longest?.span.from, longest?.span.to]).toEqual([from, to]);
  });

  test.each(['2024-13-01', '2024-02-30', 'the 31st of June 2024'])('%s is none', (text) => {
    expect(datesAt(tokenize(text), 0, TODAY)).toEqual([]);
  });

  test('months end where they end', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(startOf('2025-08-20', 'quarter')).toBe('2025-07-01');
  });
});

describe('inflection', () => {
  test('words that every object has as properties are words like any other', () => {
    for (const word of ['constructor', 'valueOf', 'toString', '__proto__']) {
      expect(singular(word)).toBe(word);
      expect(plural('constructor')).toBe('constructors');
      expect(() => root(word)).not.toThrow();
      expect(tokenize(`list ${word}`)).toHaveLength(2);
    }
  });

  test.each([
    ['categories', 'category'],
    ['addresses', 'address'],
    ['status', 'status'],
    ['movies', 'movie'],
    ['people', 'person'],
    ['boxes', 'box'],
    ['prices', 'price'],
    ['analysis', 'analysis'],
  ])('%s is many of %s', (many, one) => {
    expect(singular(many)).toBe(one);
  });

  test.each(['category', 'box', 'price', 'person', 'status', 'address', 'day'])(
    'the plural of %s is many of it',
    (one) => {
      expect(singular(plural(one))).toBe(one);
    },
  );

  test.each([
    ['shipped', 'ship'],
    ['hired', 'hire'],
    ['bought', 'buy'],
    ['carries', 'carry'],
  ])('%s may be a form of %s', (form, base) => {
    expect(verbBases(form)).toContain(base);
  });

  test.each([
    ['shipped', 'shipment'],
    ['paid', 'payments'],
    ['enrolled', 'enrollment'],
    ['borrowed', 'loan'],
    ['reviewed', 'reviews'],
    ['sold', 'sale'],
  ])('%s and %s are of one family', (a, b) => {
    expect(root(a)).toBe(root(b));
  });
});
