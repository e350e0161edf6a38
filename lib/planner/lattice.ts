/** Every reading that the words of a request have: names of the schema, values of the database, dates, numbers. */
import { isGlue, isStructureWord } from './lexicon/structure.js';
import { isLinkingVerb } from './lexicon/verbs.js';
import { isKindOf, isPart } from './lexicon/wordnet.js';
import { AMOUNT_VERBS, EMPTY_ADJECTIVES } from './lexicon/words.js';
import type { FieldMention, FlagMention, TableMention, ValueMention } from './phrase.js';
import { respell } from './respell.js';
import { reverse } from './schema/paths.js';
import type { Schema, Table } from './schema/schema.js';
import { COST, type Sense, Vocabulary } from './schema/vocabulary.js';
import { type DateAt, datesAt, grainOf } from './text/dates.js';
import { isPast, singular, verbBases } from './text/inflection.js';
import { isDenied, type NumberAt, numberAt } from './text/numbers.js';
import { type Token, tokenize } from './text/tokens.js';
import { NO_UNITS, type SaidUnits } from './units.js';
import { type FoundValue, LONGEST_VALUE, ValueSpans } from './value-spans.js';

export type { FoundValue };

export interface Spanned<T> {
  readonly mention: T;
  readonly end: number;
}

/** Nouns for how many: columns that are called so make no verb of them. */
const AMOUNTS = new Set(['number', 'count', 'amount', 'total', 'sum', 'average']);
/** They stand for whoever there is. */
const PRONOUNS = new Set('someone somebody anyone anybody everyone everybody nobody'.split(' '));
const LONGEST_NAME = 4;
/** Words that may stand between those of one name. */
const BETWEEN = new Set('in the was were is are been when that it they on which'.split(' '));
const LONGEST_APART = 8;
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

const ONGOING = new Set(['current', 'currently', 'existing', 'present']);
const OVER = new Set(
  'left leave leaving end ended until terminated termination closed expired resigned retired'.split(
    ' ',
  ),
);

/** An adjective, and nothing else. */
function isQuality(word: string): boolean {
  return isPart(word, 'adjective') && !isPart(word, 'noun') && !isPart(word, 'verb');
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
  readonly #values: ValueSpans;
  readonly #senses = new Map<number, readonly Spanned<readonly Sense[]>[]>();
  readonly #mentioned = new Map<number, readonly Spanned<ValueMention>[]>();

  constructor(
    request: string,
    { schema, vocabulary, today, values }: Grounds,
    tokens: readonly Token[] = respell(tokenize(request), vocabulary, values),
    { idle = [], units = NO_UNITS }: LeftOut = {},
  ) {
    this.request = request;
    this.tokens = tokens;
    this.idle = idle;
    this.units = units;
    this.today = today;
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    this.#values = new ValueSpans(this, values);
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

  /** `each` and `every` begin a group. */
  isEach(at: number): boolean {
    return this.word(at) === 'each' || this.word(at) === 'every';
  }

  /** True of an adjective that restricts nothing here: no name begins with it, and no value. */
  isEmpty(at: number): boolean {
    if (this.word(at) === 'single' && this.word(at - 1) === 'a' && isDenied(this.tokens, at))
      return true;
    const whole = ['full', 'complete', 'whole'].includes(this.word(at));
    if (whole && singular(this.word(at + 1)) !== 'name') return false;
    // "new customers per month": of each month those who came then.
    if (this.word(at) === 'new' && this.#comesNew(at + 1)) return true;
    // Where it is kept when something ends, "current" says that it has not.
    if (ONGOING.has(this.word(at)) && this.#endsAt(at + 1)) return false;
    return (
      (whole || EMPTY_ADJECTIVES.has(this.word(at))) &&
      this.values(at).length === 0 &&
      !this.#sensesAt(at).some(({ mention }) => mention.some(({ cost }) => cost <= STRONG))
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
    const tables = this.#sensesAt(at).flatMap(({ mention }) =>
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
    // What says something of a thing names none: "ordered", "allergic".
    const said = isPast(this.word(at)) || isQuality(this.word(at));
    return this.#mentions(at, (sense) =>
      sense.type === 'table' && !(said && sense.cost === COST.root)
        ? [{ table: sense.table, via: sense.via, by: sense.by, cost: sense.cost }]
        : [],
    );
  }

  /** "tasks reported by Ann" are tasks that she reported, whatever column is called after the day of it. */
  #isDone(at: number): boolean {
    const word = this.word(at);
    return this.word(at + 1) === 'by' && isPast(word) && this.roleCalled(word) !== undefined;
  }

  fields(at: number): Spanned<FieldMention>[] {
    if (this.tokens[at]?.kind === 'quoted') return this.#quoted(at);
    // A past form says what happened; that a column is called after it does not make it that column's name.
    // "founded year" is one.
    const past = isPast(this.word(at));
    // The "number of accounts" is how many there are, not somebody's telephone.
    const counted = /^numbers?$/.test(this.word(at)) && this.word(at + 1) === 'of';
    const summed = this.#isSummed(at);
    const named = this.#mentions(at, (sense, end) =>
      sense.type === 'field' &&
      !(summed && end === at + 1 && sense.cost >= COST.synonym) &&
      !(end > at + 1 && sense.cost > 0 && this.#isDone(end - 1)) &&
      !(counted && end === at + 1 && sense.cost >= COST.head) &&
      !(past && end === at + 1 && sense.cost > 0 && sense.field.role === 'time') &&
      !(past && sense.cost === COST.root)
        ? [{ field: sense.field, cost: sense.cost }]
        : [],
    );
    const apart = this.#apart(at);
    if (named.some(({ end }) => end > at + 1)) return [...apart, ...named];
    return [...apart, ...this.#dated(at), ...this.#numbered(at, named), ...named];
  }

  /** `total fines` is their total, and no amount of any of them. */
  #isSummed(at: number): boolean {
    return this.word(at) === 'total' && this.tables(at + 1).length > 0;
  }

  /** What is added up in `total fines`, where one column of theirs may be called a total. */
  summed(at: number, { options: tables }: TableMention): FieldMention | undefined {
    if (!this.#isSummed(at)) return undefined;
    const options = this.#sensesAt(at).flatMap(({ mention, end }) =>
      mention.flatMap((sense) =>
        sense.type === 'field' &&
        end === at + 1 &&
        sense.field.role === 'measure' &&
        sense.cost >= COST.synonym &&
        tables.some(({ table, via }) => via === undefined && table === sense.field.table)
          ? [{ field: sense.field, cost: sense.cost }]
          : [],
      ),
    );
    return options.length === 1 ? { text: this.word(at), options } : undefined;
  }

  /** `the value of "ties"`: a column's name may stand in quotes as a text may. */
  #quoted(at: number): Spanned<FieldMention>[] {
    const text = this.text(at, at + 1);
    const options = this.#vocabulary
      .senses(text.toLowerCase().split(/[\s_]+/))
      .flatMap((sense) =>
        sense.type === 'field' && sense.cost === COST.name
          ? [{ field: sense.field, cost: COST.short }]
          : [],
      );
    return options.length === 0 ? [] : [{ mention: { text, options }, end: at + 1 }];
  }

  /** `the date the claim was made`, `budget in millions`: a name whose words stand apart. */
  #apart(at: number): Spanned<FieldMention>[] {
    const words = [this.word(at)];
    if (words[0] === '' || isGlue(words[0]!)) return [];
    const found: Spanned<FieldMention>[] = [];
    for (let i = at + 1; i < at + LONGEST_APART && words.length < LONGEST_NAME; i++) {
      if (BETWEEN.has(this.word(i))) continue;
      if (this.tokens[i]?.kind !== 'word' || isGlue(this.word(i))) break;
      words.push(this.word(i));
      if (words.length === i - at + 1) continue;
      const options = this.#vocabulary
        .senses(words)
        .flatMap((sense) =>
          sense.type === 'field' && sense.cost <= COST.short
            ? [{ field: sense.field, cost: sense.cost }]
            : [],
        );
      if (options.length > 0)
        found.push({ mention: { text: this.text(at, i + 1), options }, end: i + 1 });
    }
    return found;
  }

  /** `founded year`, `placement date`: the column of the event, whatever it calls the time. */
  #dated(at: number): Spanned<FieldMention>[] {
    if (!/^(?:year|date|day|time)s?$/.test(this.word(at + 1))) return [];
    return this.fieldsCalled(at).map(({ mention }) => ({
      mention: { ...mention, text: this.text(at, at + 2) },
      end: at + 2,
    }));
  }

  /** Whether some name of the schema holds the very word at a place. */
  isOfName(at: number): boolean {
    return this.#vocabulary.words().has(this.word(at));
  }

  /** Whether a table is called by the very word at a place. */
  isThing(at: number): boolean {
    return this.tables(at).some(
      ({ mention, end }) =>
        end === at + 1 &&
        mention.options.some(({ via, cost }) => via === undefined && cost === COST.name),
    );
  }

  /** Every table that the words from one place to before another may name. */
  tablesAt(at: number, end: number): Table[] {
    return this.tables(at)
      .filter((one) => one.end === end)
      .flatMap(({ mention }) => mention.options.map(({ table }) => table));
  }

  /** `flight number`, `room number`: the number by which one is told from another, where nothing else is called so. */
  #numbered(at: number, found: readonly Spanned<FieldMention>[]): Spanned<FieldMention>[] {
    const end = at + 2;
    if (!/^(?:numbers?|no)$/.test(this.word(at + 1))) return [];
    if (this.#sensesAt(at).some((one) => one.end >= end)) return [];
    const columns = found.flatMap(({ mention, end: behind }) =>
      behind === at + 1 ? mention.options.filter(({ cost }) => cost === COST.name) : [],
    );
    const keys = this.tables(at).flatMap(({ mention, end: behind }) =>
      behind === at + 1
        ? mention.options.flatMap(({ table, via, cost }) => {
            const [field, ...more] = table.key;
            const told = via === undefined && cost === COST.name && more.length === 0;
            return told && field !== undefined ? [{ field, cost: COST.short }] : [];
          })
        : [],
    );
    const options = columns.length > 0 ? columns : keys;
    return options.length === 0 ? [] : [{ mention: { text: this.text(at, end), options }, end }];
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
    return this.#mentions(at, (sense) =>
      sense.type === 'flag' ? [{ field: sense.field, value: sense.value, cost: sense.cost }] : [],
    );
  }

  /** Labels of enums and values that were found, longest first. */
  values(at: number): readonly Spanned<ValueMention>[] {
    const known = this.#mentioned.get(at) ?? this.#valuesAt(at);
    this.#mentioned.set(at, known);
    return known;
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
        : (this.#sensesAt(at).find((span) => span.end === end)?.mention ?? []).flatMap((sense) =>
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
    const senses = [
      ...nouns
        .flatMap((noun) => this.#vocabulary.senses([noun]))
        .filter(({ cost }) => cost <= COST.head),
      ...(isGlue(verb) ? [] : this.#vocabulary.related(verb)),
    ];
    const tables = new Map(
      senses.flatMap((sense) =>
        sense.type === 'table' ? [[sense.table, sense.cost] as const] : [],
      ),
    );
    const options = [...tables].map(([table, cost]) => ({ table, cost: cost / 4 }));
    return options.length === 0 ? undefined : { text: verb, options };
  }

  /** The table that a key called after a verb leads to: manager_id for `managed`. */
  roleCalled(verb: string): TableMention | undefined {
    if (isGlue(verb)) return undefined;
    const options = this.#vocabulary
      .related(verb)
      .flatMap((sense) =>
        sense.type === 'table' && sense.via !== undefined
          ? [{ table: sense.table, via: sense.via, cost: 0 }]
          : [],
      );
    return options.length === 0 ? undefined : { text: verb, options };
  }

  /** The other end of a role: whom a manager manages. */
  inverse({ text, options }: TableMention): TableMention {
    const back = options.flatMap(({ via, cost }) =>
      via === undefined ? [] : [{ table: via.from, via: reverse(via), cost }],
    );
    return { text, options: back };
  }

  /** Columns of dates that are called after the verb at a place: shipped_at for `shipped`. */
  fieldsCalled(at: number): Spanned<FieldMention>[] {
    const word = this.word(at);
    if (word === '' || isGlue(word)) return [];
    const told = this.#toldBy(at);
    if (told !== undefined) return [told];
    const senses = [...this.#vocabulary.senses([word]), ...this.#vocabulary.related(word)];
    const options = senses.flatMap((sense) =>
      sense.type === 'field' &&
      (sense.field.role === 'time' || sense.field.role === 'year') &&
      sense.cost < COST.comment
        ? [{ field: sense.field, cost: sense.cost / 2 }]
        : [],
    );
    return options.length === 0 ? [] : [{ mention: { text: word, options }, end: at + 1 }];
  }

  /** `signed up`: the day of which a comment says that it is when somebody did so. */
  #toldBy(at: number): Spanned<FieldMention> | undefined {
    const particle = ['up', 'off', 'out', 'on', 'in', 'over'].includes(this.word(at + 1));
    if (!particle || !isPast(this.word(at))) return undefined;
    const text = `${this.word(at)} ${this.word(at + 1)}`;
    const times = this.#schema.tables.flatMap(({ fields }) =>
      fields.filter(({ role }) => role === 'time'),
    );
    const said = times.filter(({ column: { comment = '' } }) =>
      new RegExp(`\\b${text}\\b`, 'i').test(comment),
    );
    const options = said.map((field) => ({ field, cost: COST.short }));
    return options.length === 0 ? undefined : { mention: { text, options }, end: at + 2 };
  }

  /** Columns that are called by words that do not stand side by side: `first name` of `first and last name`. */
  fieldNamed(words: readonly string[]): FieldMention | undefined {
    const options = this.#look(words).flatMap((sense) =>
      sense.type === 'field' && sense.cost <= COST.synonym
        ? [{ field: sense.field, cost: sense.cost }]
        : [],
    );
    return options.length === 0 ? undefined : { text: words.join(' '), options };
  }

  /** Columns that a noun of the lexicon names. */
  fieldCalled(noun: string): FieldMention | undefined {
    const options = this.#vocabulary
      .senses([noun])
      .flatMap((sense) =>
        sense.type === 'field' && sense.field.role === 'measure'
          ? [{ field: sense.field, cost: sense.cost }]
          : [],
      );
    return options.length === 0 ? undefined : { text: noun, options };
  }

  /** Tables of people: what `who` may ask for. */
  people(nouns: ReadonlySet<string>): TableMention | undefined {
    const options = this.#schema.tables
      // Rows that only tie others together are nobody.
      .filter(({ fields }) => !fields.every(({ role }) => role === 'key'))
      .filter(
        ({ words }) => nouns.has(words.at(-1) ?? '') || isKindOf(words.at(-1) ?? '', 'person'),
      )
      .map((table) => ({ table, cost: 0 }));
    return options.length === 0 ? undefined : { text: 'who', options };
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
      this.#sensesAt(at).some(({ mention }) => mention.length > 0) || this.values(at).length > 0
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
    if (isStructureWord(token.word)) return false;
    if (this.dates(at).some(({ certain }) => certain)) return false;
    return !this.#sensesAt(at).some(({ mention }) => mention.some(({ cost }) => cost <= STRONG));
  }

  /** Words that nothing is known about: neither structure, nor a name, nor a value, nor a date. */
  unknown(): number[] {
    const covered = new Set<number>();
    this.tokens.forEach((_, at) => {
      const ends = [
        ...this.#sensesAt(at).map(({ end }) => end),
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

  /** Values that only begin with a word, or hold it: what could have been meant. */
  partial(at: number): string[] {
    return this.#values.partial(at);
  }

  #mentions<Option extends { readonly cost: number }>(
    at: number,
    pick: (sense: Sense, end: number) => Option[],
  ): Spanned<{ text: string; options: Option[] }>[] {
    return this.#sensesAt(at).flatMap(({ mention, end }) => {
      const options = mention.flatMap((sense) => pick(sense, end));
      return options.length === 0 ? [] : [{ mention: { text: this.#name(at, end), options }, end }];
    });
  }

  /** What was typed, without its slips. */
  #name(at: number, end: number): string {
    const part = this.tokens.slice(at, end);
    return part.some(({ slip }) => slip === true)
      ? part.map(({ word }) => word).join(' ')
      : this.text(at, end);
  }

  #sensesAt(at: number): readonly Spanned<readonly Sense[]>[] {
    const cached = this.#senses.get(at);
    if (cached !== undefined) return cached;
    const spans: Spanned<readonly Sense[]>[] = [];
    for (let end = Math.min(at + LONGEST_NAME, this.tokens.length); end > at; end--) {
      const part = this.tokens.slice(at, end);
      if (part.some(({ kind }) => kind === 'mark' || kind === 'quoted' || kind === 'code'))
        continue;
      const mention = this.#look(part.map(({ word }) => word));
      if (mention.length > 0) spans.push({ mention, end });
    }
    this.#senses.set(at, spans);
    return spans;
  }

  /** Who types a column's name as it is written, `member_id`, means the column. */
  #written(name: string): Sense[] {
    return this.#schema.tables.flatMap(({ fields }) =>
      fields.flatMap((field): Sense[] =>
        field.column.name.toLowerCase() === name ? [{ type: 'field', field, cost: COST.name }] : [],
      ),
    );
  }

  #look(words: readonly string[]): Sense[] {
    const [first = ''] = words;
    if (words.length === 1 && (isGlue(first) || PRONOUNS.has(first) || /^\d/.test(first)))
      return [];
    const written = words.length === 1 && first.includes('_') ? this.#written(first) : [];
    if (written.length > 0) return written;
    const direct = this.#vocabulary.senses(words);
    if (direct.length === 0 && words.length > 1 && !words.some(isStructureWord))
      return this.#vocabulary.lettered(words);
    if (words.length > 1 || direct.some(({ cost }) => cost < COST.root)) return direct;
    const shortened = this.#vocabulary.shortened(first);
    if (shortened.length > 0) return [...direct, ...shortened];
    // A word that names nothing may be a relative of a name; content words of structure are not asked.
    if (isStructureWord(first)) return direct;
    const related = [...direct, ...this.#vocabulary.related(first)];
    if (related.length > 0 || isLinkingVerb(first)) return related;
    // "overdue" says something of a thing, and names none.
    return isQuality(first) ? [] : this.#vocabulary.akin(first);
  }
}
