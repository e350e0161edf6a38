import { describe, expect, test } from '@jest/globals';
import { fileLine, progressLine, rowsText, sizeText } from '../../lib/commands/export-figures.js';

const file = {
  path: 'orders.csv',
  format: 'csv',
  compression: null,
  rowCount: 2_000_000,
  bytes: 243_500_000,
  uncompressedBytes: 243_500_000,
  durationMs: 2900,
};

describe('figures of an export', () => {
  test.each([
    [0, '0 rows'],
    [1, '1 row'],
    [999, '999 rows'],
    [1000, '1,000 rows'],
    [12345678, '12,345,678 rows'],
  ])('%d: %s', (rows, text) => {
    expect(rowsText(rows)).toBe(text);
  });

  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [243_500_000, '243.5 MB'],
    [1.5e12, '1.5 TB'],
    [5e15, '5000.0 TB'],
  ])('%d bytes: %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  test('a file is rows, size, time and rate', () => {
    expect(fileLine(file)).toBe('orders.csv: 2,000,000 rows, 243.5 MB in 2.9 s (84 MB/s)');
    expect(
      fileLine({ ...file, path: 'orders.csv.gz', compression: 'gzip', bytes: 61_200_000 }),
    ).toBe('orders.csv.gz: 2,000,000 rows, 61.2 MB (243.5 MB uncompressed) in 2.9 s (84 MB/s)');
    expect(fileLine({ ...file, rowCount: 1, bytes: 4, uncompressedBytes: 4, durationMs: 0 })).toBe(
      'orders.csv: 1 row, 4 bytes in 0.00 s (4.0 kB/s)',
    );
  });

  test('while it is written, it is what there is by then', () => {
    expect(progressLine('x.csv', { rows: 0, bytes: 9 }, 1500)).toBe(
      'x.csv: waiting for the first row',
    );
    expect(progressLine('x.csv', { rows: 10, bytes: 5_000_000 }, 2000)).toBe(
      'x.csv: 10 rows, 5.0 MB so far (2.5 MB/s)',
    );
  });
});
