/** Every reading that the words of a request have: names of the schema, values of the database, dates, numbers. */
import { ABBREVIATIONS } from './lexicon/abbreviations.js';
import { ofYearsSaid } from './dated-columns.js';
import { isGlue, isStructureWord } from './lexicon/structure.js';
import type { Side } from './lexicon/sides.js';
import { isLinkingVerb } from './lexicon/verbs.js';
import { isEnglish } from './lexicon/wordnet.js';
import { AMOUNT_VERBS, EMPTY_ADJECTIVES } from './lexicon/words.js';
import { withoutCourtesies } from './courtesies.js';
import { NameSpans } from './name-spans.js';
import type { Spanned } from './spans.js';
import type { FieldMention, FlagMention, TableMention, ValueMention } from './phrase.js';
import { respell } from './respell.js';
import type { Field, Schema, Step, Table } from './schema/schema.js';
import { columnsDone, type Done } from './schema/done.js';
import { columnsOfDoer, keysOfDoer, keysOfDone, keysOn } from './schema/sides.js';
import { ANSWERS, isCalledFlag } from './schema/yes-no.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { grainOf } from './text/calendar.js';
import { type DateAt, datesAt } from './text/dates.js';
import { singular, verbBases } from './text/inflection.js';
import { isDenied, type NumberAt, numberAt } from './text/numbers.js';
import { type Token, tokenize } from './text/tokens.js';
import { NO_UNITS, type SaidUnits } from './units.js';
import { type FoundValue, LONGEST_VALUE, ValueSpans } from './value-spans.js';
import { inPlainWords } from './wordings.js';

export type { FoundValue, Spanned };

/** Nouns for how many: columns that are called so make no verb of them. */
const AMOUNTS = new Set(['number', 'count', 'amount', 'total', 'sum', 'average']);
/** Names at most this dear are what a word says; beyond it may as well be a value. */
const STRONG = 0.1;

/** What is known of a database for one request: shared by all turns of the conversation. */
export interface Grounds {
  readonly schema: Schema;
  readonly vocabulary: Vocabulary;
  readonly today: string;
  readonly values: readonly FoundValue[];
}

/** What is known of words that are no tokens. */
interface LeftOut {
  readonly idle?: readonly string[];
  readonly units?: SaidUnits;
}

const WITHIN = new Set('in on at during within for'.split(' '));
const ONGOING = new Set(['current', 'currently', 'existing', 'present']);
const OVER = new Set(
  'left leave leaving end ended until terminated termination closed expired resigned retired'.split(
    ' ',
  ),
);

function spoken(request: string, vocabulary: Vocabulary): readonly Token[] {
  return inPlainWords(withoutCourtesies(tokenize(request), vocabulary), vocabulary);
}

/** The one letter that says more than yes and no. */
function mayBeSex({ word, field }: FoundValue): boolean {
  return word === 'F' && !isCalledFlag(field);
}

export class Lattice {
  readonly request: string;
  readonly tokens: readonly Token[];
  /** What was left out because it says nothing more. */
  readonly idle: readonly string[];
  /** Units that are said, of which some may be left out of the tokens. */
  readonly units: SaidUnits;
  readonly today: string;
  readonly #schema: Schema;
  readonly #vocabulary: Vocabulary;
  readonly #names: NameSpans;
  readonly #values: ValueSpans;
  #columnsDone: readonly Done[] | undefined;
  readonly #mentioned = new Map<number, readonly Spanned<ValueMention>[]>();

  constructor(
    request: string,
    { schema, vocabulary, today, values }: Grounds,
    tokens: readonly Token[] = respell(spoken(request, vocabulary), vocabulary, values),
    { idle = [], units = NO_UNITS }: LeftOut = {},
  ) {
    this.request = request;
    this.tokens = tokens;
    this.idle = idle;
    this.units = units;
    this.today = today;
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    // What was asked for on behalf of columns that say yes or no is no word of the request.
    const typed = new Set(this.tokens.map(({ text }) => text));
    const answers = values.filter(({ word }) => ANSWERS.includes(word) && !typed.has(word));
    this.#names = new NameSpans(this, schema, vocabulary, answers);
    this.#values = new ValueSpans(
      this,
      values.filter((value) => !answers.includes(value) || mayBeSex(value)),
    );
  }

  /** Slips of typing, and what they were read as. */
  slips(): { typed: string; read: string }[] {
    return this.tokens.flatMap(({ slip, text, word }) =>
      slip === true ? [{ typed: text, read: word }] : [],
    );
  }

  /** What is quoted is a text, whatever word it may be: "a" in quotes is no article. */
  word(at: number): string {
    const token = this.tokens[at];
    if (token?.kind === 'quoted') return `"${token.word}"`;
    return token?.word ?? '';
  }

  /** True where a further sentence begins. */
  opens(at: number): boolean {
    return this.tokens[at]?.opens === true;
  }

  /** True behind a colon, where what is to be seen may be listed. */
  lists(at: number): boolean {
    const [before, token] = [this.tokens[at - 1], this.tokens[at]];
    if (before === undefined || token === undefined) return false;
    return this.request.slice(before.end, token.start).trim() === ':';
  }

  /** `each` and `every` begin a group. */
  isEach(at: number): boolean {
    return this.word(at) === 'each' || this.word(at) === 'every';
  }

  /** True of an adjective that restricts nothing here: no name begins with it, and no value. */
  isEmpty(at: number): boolean {
    if (this.word(at) === 'single' && this.word(at - 1) === 'a') {
      if (isDenied(this.tokens, at)) return true;
      // "the most birds in a single count": what is of one of them is so anyway.
      if (WITHIN.has(this.word(at - 2)) && !this.isNamed(at)) return true;
    }
    const whole = ['full', 'complete', 'whole'].includes(this.word(at));
    if (whole && singular(this.word(at + 1)) !== 'name') return false;
    // "new customers per month": of each month those who came then.
    if (this.word(at) === 'new' && this.#comesNew(at + 1)) return true;
    // Where it is kept when something ends, "current" says that it has not.
    if (ONGOING.has(this.word(at)) && this.#endsAt(at + 1)) return false;
    return (
      (whole || EMPTY_ADJECTIVES.has(this.word(at))) &&
      this.values(at).length === 0 &&
      !this.#names.senses(at).some(({ mention }) => mention.some(({ cost }) => cost <= STRONG))
    );
  }

  /** Whether a thing is named that a stretch of time is said of: what is new came to be in it. */
  #comesNew(at: number): boolean {
    const named = this.tables(at).filter(({ mention }) =>
      mention.options.some(({ cost }) => cost <= STRONG),
    );
    if (named.length === 0 || this.values(at - 1).length > 0) return false;
    return named.some(({ end }) => {
      const last = this.tokens.length - 1;
      if (last < end) return false;
      const grain =
        ['per', 'each', 'by', 'every'].includes(this.word(end)) && grainOf(this.word(end + 1));
      return (
        (grain !== undefined && grain !== false) ||
        this.dates(end).some(({ end: after }) => after > last)
      );
    });
  }

  /** Whether rows of the table that is named here have a time at which they end, if they have. */
  #endsAt(at: number): boolean {
    const tables = this.#names
      .senses(at)
      .flatMap(({ mention }) =>
        mention.flatMap((sense) => (sense.type === 'table' ? [sense.table] : [])),
      );
    return tables.some(({ fields }) =>
      fields.some(
        ({ role, words, column }) =>
          role === 'time' && !column.notNull && words.some((word) => OVER.has(word)),
      ),
    );
  }

  number(at: number): NumberAt | undefined {
    return numberAt(this.tokens, at);
  }

  dates(at: number): readonly DateAt[] {
    return datesAt(this.tokens, at, this.today);
  }

  tables(at: number): Spanned<TableMention>[] {
    return this.#names.tables(at);
  }

  fields(at: number): Spanned<FieldMention>[] {
    return ofYearsSaid(this.#names.fields(at), this.tokens);
  }

  /** What is added up in `total fines`, where one column of theirs may be called a total. */
  summed(at: number, mention: TableMention): FieldMention | undefined {
    return this.#names.summed(at, mention);
  }

  /** Whether some name of the schema holds the very word at a place. */
  isOfName(at: number): boolean {
    return this.#names.isOfName(at);
  }

  /** Whether one of these words stands in some name of the schema. */
  knowsAny(words: readonly string[]): boolean {
    const known = this.#vocabulary.words();
    return words.some((word) => known.has(word));
  }

  /** Whether a table is called by the very word at a place. */
  isThing(at: number): boolean {
    return this.#names.isThing(at);
  }

  /** Whether a table is named at a place whose rows are told by a code, and have no name. */
  isCoded(at: number): boolean {
    return this.tablesAt(at, at + 1).some(({ naming: [code, ...more] }) => {
      return code !== undefined && more.length === 0 && code.role === 'text';
    });
  }

  /** Every table that the words from one place to before another may name. */
  tablesAt(at: number, end: number): Table[] {
    return this.#names.tablesAt(at, end);
  }

  /**
   * The place behind what stands in parentheses from a token on; undefined where none are opened there. They are no
   * tokens: what they hold is read as any other words, and explains what stands before.
   */
  parenthesis(at: number): number | undefined {
    const first = this.tokens[at];
    if (first === undefined || !/\(\s*["'“]?$/.test(this.request.slice(0, first.start)))
      return undefined;
    const last = this.tokens.findIndex(
      ({ end }, i) => i >= at && /^["'”]?\s*\)/.test(this.request.slice(end)),
    );
    return last < 0 ? undefined : last + 1;
  }

  flags(at: number): Spanned<FlagMention>[] {
    return this.#names.flags(at);
  }

  /** Labels of enums and values that were found, longest first. */
  values(at: number): readonly Spanned<ValueMention>[] {
    const known = this.#mentioned.get(at) ?? this.#valuesAt(at);
    this.#mentioned.set(at, known);
    return known;
  }

  /** Whether some column holds just these words. */
  isStored(at: number, end: number): boolean {
    return this.#values.isStored(at, end);
  }

  /** What several values of one column begin with, as all of them. */
  families(at: number): Spanned<readonly ValueMention[]>[] {
    return this.#values.families(at).map(({ values, end }) => ({
      mention: values.map((option) => ({ text: this.text(at, end), options: [option] })),
      end,
    }));
  }

  #valuesAt(at: number): Spanned<ValueMention>[] {
    const found: Spanned<ValueMention>[] = [];
    for (let end = Math.min(at + LONGEST_VALUE, this.tokens.length); end > at; end--) {
      const text = this.text(at, end);
      // "unpaid" is what was not paid, whatever there is beside what is called paid.
      const denied = this.tokens[at]!.text.toLowerCase() === `un${this.word(at)}`;
      const labels = denied
        ? []
        : (this.#names.senses(at).find((span) => span.end === end)?.mention ?? []).flatMap(
            (sense) =>
              sense.type === 'label'
                ? [{ field: sense.field, value: sense.label, cost: sense.cost }]
                : [],
          );
      const options = [...labels, ...this.#values.stored(at, end)];
      if (options.length > 0) found.push({ mention: { text, options }, end });
    }
    return found;
  }

  /** Tables that a verb's event is kept in: by the nouns for the event, or by the verb's own root. */
  tablesCalled(nouns: readonly string[], verb: string): TableMention | undefined {
    return this.#names.tablesCalled(nouns, verb);
  }

  /** The table that a key called after a verb leads to: manager_id for `managed`. */
  roleCalled(verb: string): TableMention | undefined {
    return this.#names.roleCalled(verb);
  }

  /** The keys that play one of two opposed parts. */
  keysOn(side: Side): readonly Step[] {
    return keysOn(this.#schema, side);
  }

  /** The keys that are called after what is done to something by the word at a place: `cited_id`. */
  keysOfDone(at: number): readonly Step[] {
    return keysOfDone(this.#schema, this.word(at));
  }

  /** The keys that are called after whoever does what the word at a place says. */
  keysOfDoer(at: number): readonly Step[] {
    return keysOfDoer(this.#schema, this.word(at));
  }

  /** The columns that are called after what is done and to what. */
  get columnsDone(): readonly Done[] {
    this.#columnsDone ??= columnsDone(this.#schema);
    return this.#columnsDone;
  }

  /** The columns that hold who does what the word at a place says. */
  columnsOfDoer(at: number): readonly Field[] {
    return columnsOfDoer(this.#schema, this.word(at));
  }

  /** The other end of a role: whom a manager manages. */
  inverse(mention: TableMention): TableMention {
    return this.#names.inverse(mention);
  }

  /** Columns of dates that are called after the verb at a place: shipped_at for `shipped`. */
  fieldsCalled(at: number): Spanned<FieldMention>[] {
    return this.#names.fieldsCalled(at);
  }

  /** Columns that are called by words that do not stand side by side: `first name` of `first and last name`. */
  fieldNamed(words: readonly string[]): FieldMention | undefined {
    return this.#names.fieldNamed(words);
  }

  /** Columns that a noun of the lexicon names. */
  fieldCalled(noun: string): FieldMention | undefined {
    return this.#names.fieldCalled(noun);
  }

  /** Tables of people: what `who` may ask for. */
  people(nouns: ReadonlySet<string>): TableMention | undefined {
    return this.#names.people(nouns);
  }

  /** True where a word can be the verb of a question: a link, an event, or a relative of a name. */
  isVerb(at: number): boolean {
    const word = this.word(at);
    if (word === '' || isGlue(word) || AMOUNTS.has(word)) return false;
    return isLinkingVerb(word) || this.#vocabulary.related(word).length > 0;
  }

  /** True where a word, in whole or in part, names anything here. */
  isNamed(at: number): boolean {
    return (
      this.#names.senses(at).some(({ mention }) => mention.length > 0) || this.values(at).length > 0
    );
  }

  /** What was typed from one token to before another. */
  text(at: number, end: number): string {
    const first = this.tokens[at];
    const last = this.tokens[end - 1];
    if (first === undefined || last === undefined) return '';
    return end - at === 1 ? first.text : this.request.slice(first.start, last.end);
  }

  /** True where a word is content that no name of the schema stands for. */
  isOpen(at: number): boolean {
    const token = this.tokens[at];
    if (
      token === undefined ||
      token.kind === 'mark' ||
      token.kind === 'number' ||
      token.kind === 'date'
    )
      return false;
    if (token.kind === 'quoted' || token.kind === 'code' || token.slip === true) return true;
    // A cat may be one, whatever it abbreviates.
    const typed = token.text.toLowerCase();
    if (ABBREVIATIONS.get(typed) === token.word && isEnglish(typed)) return true;
    if (isStructureWord(token.word)) return false;
    if (this.dates(at).some(({ certain }) => certain)) return false;
    return !this.#names
      .senses(at)
      .some(({ mention }) => mention.some(({ cost }) => cost <= STRONG));
  }

  /** Words that nothing is known about: neither structure, nor a name, nor a value, nor a date. */
  unknown(): number[] {
    const covered = new Set<number>();
    this.tokens.forEach((_, at) => {
      const ends = [
        ...this.#names.senses(at).map(({ end }) => end),
        ...this.values(at).map(({ end }) => end),
        ...this.dates(at).map(({ end }) => end),
      ];
      for (let i = at; i < Math.max(at, ...ends); i++) covered.add(i);
    });
    return this.tokens.flatMap(({ kind, word }, at) =>
      (kind === 'word' || kind === 'quoted' || kind === 'code') &&
      !covered.has(at) &&
      !isStructureWord(word) &&
      !isLinkingVerb(word) &&
      !verbBases(word).some((base) => AMOUNT_VERBS.has(base))
        ? [at]
        : [],
    );
  }

  /** Phrases that may be values, likeliest first: what `find_values` is asked for. */
  candidates(): string[] {
    return this.#values.candidates();
  }

  /** Whether anything is spoken of that a text may say yes or no to. */
  speaksOfFlags(): boolean {
    return this.#names.speaksOfFlags();
  }

  /** Values that only begin with a word, or hold it: what could have been meant. */
  partial(at: number): string[] {
    return this.#values.partial(at);
  }
}
