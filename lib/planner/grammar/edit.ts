/** Requests that are no requests by themselves: what they change in the one before. */
import { COURTESIES } from '../lexicon/words.js';
import type { Edit, Mod } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, prune, then } from './rule.js';

const OPENERS = [
  'and what about',
  'and how about',
  'what about',
  'how about',
  'and only',
  'and just',
  'and now',
  'and also',
  'and',
  'but',
  'only',
  'just',
  'now',
  'then',
  'also',
  'ok',
  'no',
  ',',
  'restrict to',
  'restrict it to',
  'restrict them to',
  'limit it to',
  'limit them to',
  'limit to',
  'filter by',
  'filter for',
  'filter',
  'keep only',
  'keep',
  'narrow it down to',
  'the same',
  'same',
  'make it',
  'make that',
  'do it',
  'or',
  'but only',
  'show only',
  'show me only',
  'show just',
  'give me only',
  'i only want',
  'i meant',
  'break it down',
  'break that down',
  'break them down',
  'split it',
  'group it',
  'group them',
  'group those',
  'that',
  'it',
  'them',
  'those',
  'these',
  'exactly',
  'as',
];
const ADDING = [
  'and also',
  'and with',
  'and show',
  'and include',
  'and add',
  'and',
  'also show',
  'also',
  'add',
  'include',
  'with',
  'plus',
  'show also',
  'together with',
  'as well as',
];
const ENDINGS = [
  'instead',
  'too',
  'as well',
  'please',
  'then',
  'again',
  'of them',
  'of those',
  'of these',
  'from them',
  'among them',
  'among those',
  'only',
  'now',
  'for them',
  'for those',
  'to it',
  'to that',
  'to the list',
  'to the table',
];
const ONES = [
  'ones',
  'one',
  'of them',
  'of those',
  'of these',
  'them',
  'those',
  'these',
  'results',
  'rows',
  'entries',
];

/** A change with what says whether it replaces (`what about`, `instead`) or adds. */
export interface EditReading extends Got<Edit> {
  readonly replaces: boolean;
}

export function edits(grammar: Grammar): EditReading[] {
  const { lattice } = grammar;
  const end = lattice.tokens.length;
  const found: EditReading[] = [];
  for (const { at, replaces, adds } of openings(grammar)) {
    const all = [
      ...counting(grammar, at),
      ...listing(grammar, at),
      ...reversing(grammar, at),
      ...ranked(grammar, at),
      ...ones(grammar, at),
      ...said(grammar, at),
      ...shown(grammar, at, adds),
      ...swapped(grammar, at),
    ];
    for (const one of all) {
      const { at: rest, instead } = ending(grammar, one.at);
      if (rest >= end) found.push({ ...one, at: rest, replaces: replaces || instead });
    }
  }
  return found;
}

interface Opening {
  readonly at: number;
  readonly replaces: boolean;
  readonly adds: boolean;
}

function openings(grammar: Grammar): Opening[] {
  const { lattice } = grammar;
  const found: Opening[] = [{ at: 0, replaces: false, adds: false }];
  const adding = skipPhrase(grammar, 0, ...ADDING);
  if (adding !== undefined) found.push({ at: adding, replaces: false, adds: true });
  let at = 0;
  let replaces = false;
  let adds = false;
  for (let i = 0; i < 5; i++) {
    const phrase = [...OPENERS]
      .sort((a, b) => b.length - a.length)
      .find((one) => skipPhrase(grammar, at, one) !== undefined);
    if (phrase !== undefined) {
      replaces ||= /about|^and$|^same|^the same|meant/.test(phrase);
      adds ||= /^and|also/.test(phrase);
      at += phrase.split(' ').length;
    } else if (
      COURTESIES.has(lattice.word(at)) ||
      ['list', 'give', 'get', 'what', 'are', 'is', 'who', 'which'].includes(lattice.word(at))
    ) {
      at++;
    } else break;
    found.push({ at, replaces, adds });
  }
  return found;
}

function ending(grammar: Grammar, at: number): { at: number; instead: boolean } {
  let next = at;
  let instead = false;
  for (;;) {
    const end = skipPhrase(grammar, next, ...ENDINGS, ',');
    if (end === undefined) return { at: next, instead };
    instead ||= grammar.lattice.word(next) === 'instead';
    next = end;
  }
}

/** `how many are there`, `how many of them are from Spain`. */
function counting(grammar: Grammar, at: number): Got<Edit>[] {
  const many = skipPhrase(
    grammar,
    at,
    'how many are there',
    'how many are those',
    'how many are they',
    'how many is that',
    'how many of them are there',
    'how many of those are there',
    'how many of them',
    'how many of those',
    'how many of these',
    'how many ones',
    'count them',
    'count those',
    'how many',
  );
  if (many === undefined) return [];
  const plain = got<Edit>({ type: 'count', mods: [] }, many);
  return [
    plain,
    ...map(grammar.predicate(many), (mods): Edit => ({ type: 'count', mods })),
    ...map(
      grammar.mods(many).filter((one) => one.at > many),
      (mods): Edit => ({ type: 'count', mods }),
    ),
  ];
}

/** `who are they`, `list them`. */
function listing(grammar: Grammar, at: number): Got<Edit>[] {
  const end = skipPhrase(
    grammar,
    at,
    'who are they',
    'what are they',
    'which are they',
    'which ones are they',
    'which ones',
    'which ones are those',
    'list them',
    'show them',
    'show me them',
    'list those',
    'show those',
    'show me those',
    'list all of them',
    'list these',
    'which are those',
    'who are those',
  );
  return end === undefined ? [] : [got<Edit>({ type: 'list' }, end)];
}

function reversing(grammar: Grammar, at: number): Got<Edit>[] {
  const end = skipPhrase(
    grammar,
    at,
    'reverse the order',
    'reverse order',
    'in reverse order',
    'in reverse',
    'reverse it',
    'reverse',
    'the other way around',
    'the other way round',
    'other way round',
    'sort it the other way',
    'sort them the other way',
    'sort them the other way around',
    'sort it the other way around',
    'in the opposite order',
    'sort descending',
    'sort them descending',
    'sorted descending',
  );
  return end === undefined ? [] : [got<Edit>({ type: 'reverse' }, end)];
}

/** `the top 3`, `the 5 cheapest ones`, `the first 10`. */
function ranked(grammar: Grammar, at: number): Got<Edit>[] {
  const start = skipDeterminers(grammar, at);
  const first = skipPhrase(grammar, start, 'first');
  const number = first === undefined ? undefined : grammar.lattice.number(first);
  const limits =
    number === undefined || !/^\d{1,5}$/.test(number.digits)
      ? []
      : [got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end)];
  const ranks = grammar.rank(start).filter(() => number === undefined);
  return then([...limits, ...ranks], ({ value: mods, at: next }) => {
    const behind = skipPhrase(grammar, next, ...ONES) ?? next;
    return map(grammar.mods(behind), (more): Edit => ({ type: 'mods', mods: [...mods, ...more] }));
  });
}

/** `the cancelled ones`, `the ones from Spain`, `those with an email`. */
function ones(grammar: Grammar, at: number): Got<Edit>[] {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, at);
  const found: Got<Edit>[] = [];
  const before: Got<readonly Mod[]>[] = [got<readonly Mod[]>([], start)];
  const negated = skipPhrase(grammar, start, 'not the', 'not', 'non');
  const inner = skipDeterminers(grammar, negated ?? start);
  const not = negated !== undefined;
  before.push(
    ...map(grammar.values(inner), (values): readonly Mod[] => [{ type: 'value', values, not }]),
    ...lattice
      .flags(inner)
      .map(({ mention, end }) => got<readonly Mod[]>([{ type: 'flag', flag: mention, not }], end)),
    ...lattice
      .dates(inner)
      .map(({ span, end }) => got<readonly Mod[]>([{ type: 'time', spans: [span], not }], end)),
  );
  for (const { value: mods, at: next } of before) {
    const placed = lattice.word(next - 1);
    const head =
      skipPhrase(grammar, next, ...ONES) ?? (next > 0 && ONES.includes(placed) ? next : undefined);
    if (head === undefined) {
      if (mods.length > 0)
        found.push(
          ...map(
            grammar.mods(next),
            (more): Edit => ({ type: 'mods', mods: [...mods, ...more] }),
            0.2,
          ),
        );
      continue;
    }
    found.push(
      ...map(
        [
          ...grammar.mods(head),
          ...then(grammar.predicate(head), (one) => [got(one.value, one.at, 0.1)]),
        ],
        (more): Edit => ({ type: 'mods', mods: [...mods, ...more] }),
      ).filter(({ value }) => value.type === 'mods' && value.mods.length > 0),
    );
  }
  return prune(found);
}

/** `from Spain`, `in 2024`, `sorted by name`, `per month`. */
function said(grammar: Grammar, at: number): Got<Edit>[] {
  return map(
    grammar.mods(at).filter((one) => one.at > at && one.value.length > 0),
    (mods): Edit => ({ type: 'mods', mods }),
    0.05,
  );
}

/** `their emails`, `the total instead`. */
function shown(grammar: Grammar, at: number, adds: boolean): Got<Edit>[] {
  return then(grammar.targets(at), ({ value: targets, at: next }) => {
    const plain = targets.every((target) => target.type !== 'things');
    if (!plain) return [];
    const of =
      skipPhrase(grammar, next, 'of those customers', 'of them', 'of those', 'of these') ?? next;
    return [got<Edit>({ type: adds ? 'add' : 'show', targets }, of, 0.1)];
  });
}

/** `what about suppliers`: the same of another thing. */
function swapped(grammar: Grammar, at: number): Got<Edit>[] {
  return map(
    grammar.noun(at).filter(({ value }) => value.table !== undefined),
    (noun): Edit => ({ type: 'swap', noun }),
    0.4,
  );
}
