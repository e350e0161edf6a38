/** What most have in common: `with the most common payment method`, `in the town with the most members`. */
import type { FieldMention, Mod, TableMention } from '../phrase.js';
import { columnsAt } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

const MOST = [
  'with the most number of',
  'with the largest number of',
  'with the greatest number of',
  'with the highest number of',
  'with the most',
  'with most',
  'that has the most',
  'which has the most',
  'that has the largest number of',
  'having the most',
];
const FEWEST = [
  'with the fewest number of',
  'with the smallest number of',
  'with the lowest number of',
  'with the least number of',
  'with the fewest',
  'with the least',
  'that has the fewest',
];
/** What it costs to take a thing for one of its columns. */
const TABLE = 0.3;

/** A column with a word for how often its values occur. */
export function usual(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return [...common(grammar, at), ...commonIs(grammar, at), ...fullest(grammar, at)];
}

/** `the most common payment method`, `the 3 least used colours`. */
function common(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return grammar.rank(skipDeterminers(grammar, at)).flatMap(({ value: [rank], at: next, cost }) => {
    if (rank?.type !== 'rank' || rank.frequency !== true || rank.offset !== undefined) return [];
    return columnsAt(grammar, skipDeterminers(grammar, next)).flatMap(({ mention, end }) =>
      made(mention, end, cost + beside(grammar, next, end), {
        descending: rank.descending,
        limit: rank.limit ?? 1,
      }),
    );
  });
}

/** `(whose) payment method is the most common`. */
function commonIs(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return columnsAt(grammar, skipDeterminers(grammar, at)).flatMap(({ mention, end }) => {
    const is = skipPhrase(grammar, end, 'is the', 'is', 'was the', 'was', 'are the', 'are');
    if (is === undefined) return [];
    return grammar
      .rank(is)
      .flatMap(({ value: [rank], at: next, cost }) =>
        rank?.type !== 'rank' || rank.frequency !== true || rank.offset !== undefined
          ? []
          : made(mention, next, cost, { descending: rank.descending, limit: rank.limit ?? 1 }),
      );
  });
}

/** `the town with the most members`, said of members. */
function fullest(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, at);
  return lattice.fields(start).flatMap(({ mention, end }) => {
    const most = skipPhrase(grammar, end, ...MOST);
    const next = most ?? skipPhrase(grammar, end, ...FEWEST);
    // A thing of that name has rows of its own, which may be told by what belongs to them.
    if (next === undefined || beside(grammar, start, end) > 0) return [];
    return lattice.tables(next).flatMap(({ mention: of, end: last }) =>
      made(mention, last, 0, {
        descending: most !== undefined,
        limit: 1,
        of,
      }),
    );
  });
}

interface Said {
  readonly descending: boolean;
  readonly limit: number;
  readonly of?: TableMention;
}

function made(
  mention: FieldMention,
  end: number,
  cost: number,
  { descending, limit, of }: Said,
): Got<readonly Mod[]>[] {
  // Of what is measured there is a highest, and no most common.
  const options = mention.options.filter(
    ({ field: { role } }) => role !== 'measure' && role !== 'time',
  );
  if (options.length === 0) return [];
  const field = { ...mention, options };
  const mod: Mod = { type: 'usual', field, descending, limit, of, not: false };
  return [got<readonly Mod[]>([mod], end, cost + 0.1)];
}

/** A thing of that name has rows of its own, and is what is common. */
function beside({ lattice }: Grammar, at: number, end: number): number {
  return lattice.tables(at).some((one) => one.end === end) ? TABLE : 0;
}
