/** The secrets of this run, known by their own text: whatever says one of them again is told without it. */
import { MASK, maskUrls, maskWords } from './mask.js';

export interface Secrets {
  /** Shorter ones than {@link LEAST} are words of every message, and can't be hidden. */
  add(...secrets: readonly (string | undefined)[]): void;
  /** Words for people. */
  inWords(text: string): string;
  /** Words that are kept or sent: of the known secrets, those that nothing else is spelled like. */
  inText(text: string): string;
  /** SQL, in which everything but these must stay. */
  inSql(text: string): string;
}

const LEAST = 4;
/** Shorter secrets count only where they stand alone. */
const WHOLE = 8;
/** Passwords that are none, and that every second message holds. */
const PUBLIC = new Set(['postgres', 'password', 'pgask']);

export function openSecrets(): Secrets {
  const known = new Set<string>();
  let all: RegExp | undefined;
  let unmistakable: RegExp | undefined;

  const hide = (text: string, pattern: RegExp | undefined) =>
    pattern === undefined ? text : text.replace(pattern, MASK);
  const inSql = (text: string) => hide(text, unmistakable);
  return {
    add(...secrets) {
      const before = known.size;
      for (const secret of secrets) {
        const text = secret?.trim() ?? '';
        if (text.length >= LEAST && !PUBLIC.has(text.toLowerCase())) known.add(text);
      }
      if (known.size === before) return;
      // The longest first: one may be the beginning of another.
      const sorted = [...known].sort((a, b) => b.length - a.length);
      all = union(sorted);
      unmistakable = union(sorted.filter(isUnmistakable));
    },
    inWords: (text) => maskWords(hide(text, all)),
    inText: (text) => maskUrls(inSql(text)),
    inSql,
  };
}

/** Longer words than this are no names that people give. */
const WORD = 12;

/** Neither a word nor a number nor a date, which a statement or a name in it may well be. */
function isUnmistakable(secret: string): boolean {
  if (secret.length < 6 || !/\p{L}/u.test(secret)) return false;
  return secret.length > WORD || !/^\p{L}[\p{Ll}_]*$/u.test(secret);
}

function union(secrets: readonly string[]): RegExp | undefined {
  return secrets.length === 0 ? undefined : new RegExp(secrets.map(spellings).join('|'), 'giu');
}

/** A secret as itself, percent-encoded in whole or in part, and with the escapes of libpq, SQL and JSON. */
function spellings(secret: string): string {
  const text = [...secret].map(spellingsOf).join('');
  const short = secret.length < WHOLE;
  return short ? `(?<![\\p{L}\\p{N}_])${text}(?![\\p{L}\\p{N}_])` : text;
}

function spellingsOf(character: string): string {
  const literal = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  // A lone surrogate has no bytes of its own.
  const bytes = Buffer.from(character.toWellFormed());
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const more = /['"\\]/.test(character) ? [`\\\\${literal}`, literal + literal] : [];
  if (character === ' ') more.push('\\+');
  return `(?:${[...more, literal, percent].join('|')})`;
}
