/** Writes a hostile statement otherwise: whatever it was, it stays, or is no statement any more. */
import { type Token, tokensOf } from './tokens.js';

/** What the catalog says about names, so that a mutation keeps their meaning. */
export interface Vocabulary {
  /** Words that mean something else, or nothing, in quotes. */
  readonly keywords: ReadonlySet<string>;
  /** Functions and relations that pg_catalog has and no other schema. */
  readonly builtIn: ReadonlySet<string>;
}

export interface Step {
  readonly kind: Kind;
  /** Which of the places where it can be done, and which of the ways: counted around. */
  readonly at: number;
  readonly way: number;
}

export const KINDS = [
  'case',
  'comment',
  'space',
  'quote',
  'escape',
  'parenthesis',
  'cast',
  'qualify',
  'nest',
] as const;
export type Kind = (typeof KINDS)[number];

export function mutate(sql: string, steps: readonly Step[], vocabulary: Vocabulary): string {
  return steps.reduce((text, step) => applied(text, step, vocabulary), sql);
}

function applied(sql: string, { kind, at, way }: Step, vocabulary: Vocabulary): string {
  if (kind === 'nest') return nested(sql, way);
  const tokens = tokensOf(sql);
  const places = tokens.flatMap((_, i) => (fits(kind, tokens, i, vocabulary) ? [i] : []));
  if (places.length === 0) return sql;
  const place = places[at % places.length]!;
  return tokens
    .map((token, i) => (i === place ? written(kind, token.text, way) : token.text))
    .join('');
}

/** Whether a token can be written otherwise in this way. */
function fits(kind: Kind, tokens: readonly Token[], i: number, { keywords, builtIn }: Vocabulary) {
  const { kind: token, text } = tokens[i]!;
  const next = tokens[i + 1]?.text ?? '';
  const word = text.toLowerCase();
  // What a number says in `order by 1` is a place, not a value.
  const places = () => tokens.some(({ text }) => /^(by|on)$/i.test(text));
  switch (kind) {
    case 'case':
      return token === 'name' && /[a-z]/i.test(text);
    // Between two strings a line break joins them.
    case 'comment':
    case 'space':
      return token === 'space' || (token === 'mark' && /^[(),]$/.test(text));
    case 'quote':
    case 'escape':
      return token === 'name' && !keywords.has(word) && !/^[$.'"(]?$/.test(word);
    case 'parenthesis':
      return token === 'string' || (token === 'number' && !places());
    case 'cast':
      return token === 'number' && /^\d{1,9}$/.test(text) && !places();
    case 'qualify': {
      if (token !== 'name' || !builtIn.has(word)) return false;
      const before = tokens.slice(0, i).filter((t) => t.kind !== 'space' && t.kind !== 'comment');
      if (before.at(-1)?.text === '.') return false;
      return next === '(' || /^(from|join|table)$/i.test(before.at(-1)?.text ?? '');
    }
    case 'nest':
      return false;
  }
}

function written(kind: Exclude<Kind, 'nest'>, text: string, way: number): string {
  switch (kind) {
    case 'case':
      return [...text].map((c, i) => ((way >> (i % 16)) & 1 ? upper(c) : lower(c))).join('');
    case 'comment':
      return pick(COMMENTS, way).replace('_', text);
    case 'space':
      return pick(SPACES, way).replace('_', text);
    case 'quote':
      return `"${lower(text)}"`;
    case 'escape':
      return `U&"${escaped(lower(text), way)}"`;
    case 'parenthesis':
      return way % 2 === 0 ? `(${text})` : `((${text}))`;
    case 'cast':
      return pick([`${text}::int`, `cast(${text} as pg_catalog.int4)`, `(${text}::integer)`], way);
    case 'qualify':
      return pick([`pg_catalog.${text}`, `"pg_catalog".${text}`, `pg_catalog . ${text}`], way);
  }
}

const COMMENTS = [
  '_/**/ ',
  '_/* plain */ ',
  '_/* a /* nested */ one */ ',
  "_/* 'quoted */ ",
  '_/* ; select 1 */ ',
  '_-- to the end\n',
  '_-- */ select 1 /*\n ',
];
const SPACES = ['_\t', '_\n', '_\r\n', '_\f', '_   ', '_\n\n\t '];

/** Some characters as the escapes of U&"": four digits, or six. */
function escaped(name: string, way: number): string {
  return [...name]
    .map((c, i) => {
      const code = c.codePointAt(0)!.toString(16);
      const form = (way >> (i % 16)) & 3;
      if (form === 1 && code.length <= 4) return `\\${code.padStart(4, '0')}`;
      return form === 2 ? `\\+${code.padStart(6, '0')}` : c;
    })
    .join('');
}

const WRAPPERS = [
  'select * from (_) q',
  'select q.* from (values (1)) v (x), lateral (_) q',
  'with q as materialized (_) select * from q',
  'with recursive q as (_) select * from q, q as r',
  '(_) union all (_)',
  '((_)) limit 1',
  'select (_) is null',
  'select case when true then (_) end',
  'select coalesce((_), null) as once where not exists (_)',
  'values ((_)), (null)',
  'select array(_)',
  'select 1 where 1 in (select 1 from (_) q)',
  'select count(*) filter (where exists (select * from (_) q)) from generate_series(1, 2)',
  'explain (analyze) _',
  'explain (analyze, verbose, format json) select * from (_) q',
];

/** Only a query can stand in another; what EXPLAIN ANALYZE takes besides, it executes. */
function nested(sql: string, way: number): string {
  const tokens = tokensOf(sql.replace(/[\s;]+$/, ''));
  const first = tokens.find(({ kind }) => kind !== 'space' && kind !== 'comment');
  const word = first?.text.toLowerCase() ?? '';
  const inner = `${tokens.map(({ text }) => text).join('')}\n`;
  const fill = (wrapper: string) => wrapper.split('_').join(inner);
  if (/^(insert|update|delete|merge)$/.test(word)) return fill('explain analyze _');
  if (!/^(select|with|values|table|\()$/.test(word)) return sql;
  return fill(pick(WRAPPERS, way));
}

function pick<T>(ways: readonly T[], way: number): T {
  return ways[way % ways.length]!;
}

// ASCII alone: of other letters the server folds some, and by its own rules.
const lower = (text: string) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
const upper = (text: string) => text.replace(/[a-z]/g, (c) => c.toUpperCase());
