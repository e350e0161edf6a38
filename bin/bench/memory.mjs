/** The most memory that a run ever has, for few rows and for many. */
import { load, program } from './bundle.mjs';
import { absolute, ratio } from './figures.mjs';
import { node, run } from './processes.mjs';
import { serverOf } from './rows.mjs';

const FEW = 1000;
const MANY = 10_000_000;
/** Above that a run is not flat, whatever the noise of a garbage collector. */
const FLAT = 1.6;

export async function memory() {
  const { formatNames } = await load('lib/formats/formats.ts');
  const url = await serverOf();
  const results = [];
  for (const format of formatNames) {
    const peakOf = (rows) =>
      run(node(program, 'sql', '-d', url, '-F', format, '--timeout', '600', statement(rows)), {
        peak: true,
      }).peakMb;
    const few = [peakOf(FEW), peakOf(FEW)];
    const many = [peakOf(MANY)];
    results.push(
      absolute(`peak of ${format}, 10,000,000 rows`, { goal: 150, unit: 'MB', of: many }),
      ratio('to that of 1,000 rows', { goal: FLAT, of: many, to: few }),
    );
  }
  return results;
}

/** In the select list, where the server makes rows as they are wanted; in FROM it would keep them all first. */
function statement(rows) {
  return `select g, 'row number ' || g as name, g * 1.5 as amount from (select generate_series(1, ${rows}) as g) s`;
}
