/**
 * Compiles Moby's thesaurus to pairs of common nouns that each name the other and share much of their lists.
 *
 * A list of Moby's holds whatever somebody might say instead; what stands in each other's lists is nearly the same
 * thing where much of their lists is the same, too.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const file = join(dirname(require.resolve('moby/package.json')), 'words.txt');

/** Spoken at least this often (WORDS' second column), and a noun in more than this part of its senses. */
const SPOKEN = 10;
const NOUN = 0.2;
/** How much of two words' lists is the same, at least. */
const SHARED = 0.2;
/** A word's senses that are meant at least this often tell of which kinds it is. */
const MEANT = 0.25;

/** @param wordnet what wordnet.mjs makes: lines of words, synsets, and the opposite of each word */
export function pairsOf({ wordLines, synsetLines, opposites }) {
  const nouns = new Set(wordLines.filter((line) => isCommonNoun(line, synsetLines)).map(wordOf));
  const near = readLists(nouns);
  const isContrast = contrasts({ wordLines, synsetLines, opposites });
  const followers = new Map(
    [...near].map(([word, list]) => [
      word,
      [...list].filter((other) => {
        const back = other > word ? near.get(other) : undefined;
        return back?.has(word) && isNear(list, back) && !isContrast(word, other);
      }),
    ]),
  );
  const paired = [...followers].filter(([, others]) => others.length > 0);
  const words = [...new Set(paired.flat(2))].sort((a, b) => (a < b ? -1 : 1));
  const number = new Map(words.map((word, i) => [word, i]));
  const lines = words.map((word, i) => {
    const numbers = (followers.get(word) ?? []).map((other) => number.get(other));
    numbers.sort((a, b) => a - b);
    return numbers.map((other, at) => (other - (numbers[at - 1] ?? i)).toString(36)).join(' ');
  });
  return { words, lines };
}

/**
 * Whether two words are one beside the other among the kinds of something, length and width, and never the same:
 * people look those up together, and mean one of them. Opposites are listed together as well.
 */
function contrasts({ wordLines, synsetLines, opposites }) {
  const senses = new Map(wordLines.map((line) => [wordOf(line), sensesOf(line, synsetLines)]));
  const above = (sense) =>
    (synsetLines[sense].split('|')[1] ?? '')
      .split(',')
      .filter((id) => id !== '')
      .map((id) => parseInt(id, 36));
  const all = (word) => senses.get(word).map(({ sense }) => sense);
  const meant = (word) =>
    senses.get(word).flatMap(({ sense, share }) => (share < MEANT ? [] : [sense]));
  const meets = (list, others) => list.some((one) => others.includes(one));
  return (one, other) => {
    if (opposites.get(one)?.has(other)) return true;
    if (meets(all(one), all(other))) return false;
    if (
      meets(all(one), meant(other).flatMap(above)) ||
      meets(all(other), meant(one).flatMap(above))
    )
      return false;
    return meets(meant(one).flatMap(above), meant(other).flatMap(above));
  };
}

function wordOf(line) {
  return line.slice(0, line.indexOf('|'));
}

function isCommonNoun(line, synsetLines) {
  const [word, spoken = '0'] = line.split('|');
  if (!/^[a-z]{3,}$/.test(word) || parseInt(spoken, 36) < SPOKEN) return false;
  return sensesOf(line, synsetLines).reduce((sum, { share }) => sum + share, 0) > NOUN;
}

/** Its senses as a noun, each with its share of all. */
function sensesOf(line, synsetLines) {
  const counted = (line.split('|')[2] ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map((one) => ({ sense: parseInt(one.slice(1), 36), weight: 2 ** (parseInt(one[0], 36) / 2) }));
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  return counted
    .filter(({ sense }) => synsetLines[sense].startsWith('n'))
    .map(({ sense, weight }) => ({ sense, share: weight / total }));
}

/** Each noun's whole list: what it shares with another one's is more than nouns. */
function readLists(nouns) {
  const lists = new Map();
  for (const line of readFileSync(file, 'latin1').split(/\r?\n/)) {
    const [word = '', ...others] = line.trim().toLowerCase().split(',');
    if (nouns.has(word)) lists.set(word, new Set(others));
  }
  return lists;
}

function isNear(a, b) {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both >= SHARED * (a.size + b.size - both);
}
