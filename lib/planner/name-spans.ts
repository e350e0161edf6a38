/** The name side of a request: the tables, columns and flags that its words may name. */
import { ColumnSpans } from './column-spans.js';
import { KEEPERS } from './lexicon/idle.js';
import { isGlue, isStructureWord } from './lexicon/structure.js';
import { isLinkingVerb } from './lexicon/verbs.js';
import { isEnglish, isKindOf, isPart } from './lexicon/wordnet.js';
import type { FieldMention, FlagMention, TableMention } from './phrase.js';
import { reverse } from './schema/paths.js';
import { isDoneTo } from './schema/sides.js';
import type { Field, Schema, Table } from './schema/schema.js';
import { type Answers, answersOf } from './schema/yes-no.js';
import { COST, type Sense } from './schema/sense.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { LONGEST_NAME, type Spanned, type Words } from './spans.js';
import { isPast, singular } from './text/inflection.js';

/** They stand for whoever there is. */
const PRONOUNS = new Set('someone somebody anyone anybody everyone everybody nobody'.split(' '));
/** An adjective, and nothing else. */
function isQuality(word: string): boolean {
  return isPart(word, 'adjective') && !isPart(word, 'noun') && !isPart(word, 'verb');
}

/** A verb, and nothing else: "papers cite" is no name. */
function isDeed(word: string): boolean {
  return isPart(word, 'verb') && !isPart(word, 'noun') && !isPart(word, 'adjective');
}

/** Whether a table that is called so may be one of people: by a short name, or as a group of them. */
function saysNothingElse(word: string): boolean {
  return !isEnglish(word) || isKindOf(word, 'group');
}

/** Whether the key of a table's rows is made of those of others: `paper_authors`. */
function isTie({ key, steps }: Table): boolean {
  return (
    key.length > 1 &&
    key.every((field) =>
      steps.some(({ forward, on }) => forward && on.some(([own]) => own === field)),
    )
  );
}

export class NameSpans {
  readonly #words: Words;
  readonly #schema: Schema;
  readonly #vocabulary: Vocabulary;
  readonly #columns: ColumnSpans;
  readonly #answered: readonly { readonly field: Field; readonly value: string }[];
  readonly #known = new Map<number, readonly Spanned<readonly Sense[]>[]>();

  /** @param answered values of columns that may say yes or no */
  constructor(
    words: Words,
    schema: Schema,
    vocabulary: Vocabulary,
    answered: readonly { readonly field: Field; readonly value: string }[],
  ) {
    this.#answered = answered;
    this.#words = words;
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    this.#columns = new ColumnSpans(words, schema, vocabulary, this);
  }

  tables(at: number): Spanned<TableMention>[] {
    if (this.#isOrdering(at)) return [];
    // What says something of a thing names none: "ordered", "allergic".
    const said = isPast(this.#words.word(at)) || isQuality(this.#words.word(at));
    const counted = this.#isCounted(at);
    return this.#mentions(at, (sense, end) =>
      sense.type === 'table' &&
      !(said && sense.cost === COST.root) &&
      !(counted && sense.cost > COST.name) &&
      !(end > at + 1 && sense.cost > COST.name && isDeed(this.#words.word(end - 1)))
        ? [{ table: sense.table, via: sense.via, by: sense.by, cost: sense.cost }]
        : [],
    );
  }

  fields(at: number): Spanned<FieldMention>[] {
    if (this.#words.tokens[at]?.kind === 'quoted') return this.#columns.quoted(at);
    // A past form says what happened; that a column is called after it does not make it that column's name.
    // "founded year" is one.
    const past = isPast(this.#words.word(at));
    // The "number of accounts" is how many there are, not somebody's telephone.
    const counted = this.#isCounted(at);
    const summed = this.#isSummed(at);
    // "The priciest per day" has its price by the day, and no day of its own.
    const rated = this.#words.word(at - 1) === 'per' && this.#words.word(at) === 'day';
    const named = this.#mentions(at, (sense, end) =>
      sense.type === 'field' &&
      !((summed || rated) && end === at + 1 && sense.cost >= COST.synonym) &&
      !(end > at + 2 && sense.cost > 0 && this.#repeats(at, end)) &&
      !(end > at + 1 && sense.cost > 0 && this.#isDone(end - 1)) &&
      !(counted && sense.cost >= (end === at + 1 ? COST.head : COST.comment)) &&
      !(past && end === at + 1 && sense.cost > 0 && sense.field.role === 'time') &&
      !(past && sense.cost === COST.root)
        ? [{ field: sense.field, cost: sense.cost }]
        : [],
    );
    const apart = this.#columns.apart(at);
    if (named.some(({ end }) => end > at + 1)) return [...apart, ...named];
    const dated = [...this.#columns.dated(at), ...this.#columns.happened(at)];
    return [...apart, ...dated, ...this.#columns.numbered(at, named), ...named];
  }

  /** `sort by city`, `group them`: what is to be done with the rows is no thing. */
  #isOrdering(at: number): boolean {
    if (at > 0 || !/^(?:sort|order|rank|group)$/.test(this.#words.word(at))) return false;
    return /^(?:by|them|it|these|those|this|that)$/.test(this.#words.word(at + 1));
  }

  #isCounted(at: number): boolean {
    return /^numbers?$/.test(this.#words.word(at)) && this.#words.word(at + 1) === 'of';
  }

  /** `name first name` are two names, the one behind the other. */
  #repeats(at: number, end: number): boolean {
    const words = Array.from({ length: end - at }, (_, i) => this.#words.word(at + i));
    return new Set(words).size < words.length;
  }

  flags(at: number): Spanned<FlagMention>[] {
    return this.#mentions(at, (sense) =>
      sense.type === 'flag'
        ? [
            {
              ...{ field: sense.field, value: sense.value, cost: sense.cost },
              ...(sense.field.role === 'flag' ? {} : { answers: this.#answers(sense.field) }),
            },
          ]
        : [],
    );
  }

  /** What is added up in `total fines`, where one column of theirs may be called a total. */
  summed(at: number, { options: tables }: TableMention): FieldMention | undefined {
    if (!this.#isSummed(at)) return undefined;
    const options = this.senses(at).flatMap(({ mention, end }) =>
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
    return options.length === 1 ? { text: this.#words.word(at), options } : undefined;
  }

  /** Whether some name of the schema holds the very word at a place. */
  isOfName(at: number): boolean {
    return this.#vocabulary.words().has(this.#words.word(at));
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
    // Of the citing and the cited it is the citing who do it.
    const doing = options.filter(({ via }) => !isDoneTo(via));
    return options.length === 0
      ? undefined
      : { text: verb, options: doing.length > 0 ? doing : options };
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
    return this.#columns.calledAfter(at);
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
      // Rows that only tie others together are nobody, whatever else they tell of the tie.
      .filter(({ fields }) => !fields.every(({ role }) => role === 'key'))
      .filter((table) => table.naming.length > 0 || !isTie(table))
      .filter(
        ({ words, naming }) =>
          nouns.has(words.at(-1) ?? '') ||
          isKindOf(words.at(-1) ?? '', 'person') ||
          // Who has a first and a last name is somebody, unless the table says what else its rows are: reservations.
          (naming.length === 2 && saysNothingElse(words.at(-1) ?? '')),
      )
      .map((table) => ({ table, cost: 0 }));
    return options.length === 0 ? undefined : { text: 'who', options };
  }

  /** Whether anything is called as what a text may say yes or no to. */
  speaksOfFlags(): boolean {
    return this.#words.tokens.some(({ kind, word }, at) => {
      if (kind !== 'word' || isGlue(word)) return false;
      const phrases = Array.from({ length: LONGEST_NAME }, (_, i) =>
        this.#words.tokens.slice(at, at + i + 1).map((token) => token.word),
      );
      return [
        ...phrases.flatMap((words) => this.#vocabulary.senses(words)),
        ...this.#vocabulary.related(word),
      ].some((sense) => sense.type === 'flag' && sense.field.family === 'text');
    });
  }

  #answers(field: Field): Answers {
    const found = this.#answered.filter((one) => one.field === field);
    return answersOf(
      field,
      found.map(({ value }) => value),
    );
  }

  /** What a text says yes or no to only where it is known how. */
  #isAnswered(sense: Sense): boolean {
    if (sense.type !== 'flag' || sense.field.role === 'flag') return true;
    const { yes, no } = this.#answers(sense.field);
    return yes !== undefined || no !== undefined;
  }

  /** Everything that the words from a place on may name, the longest first. */
  senses(at: number): readonly Spanned<readonly Sense[]>[] {
    const cached = this.#known.get(at);
    if (cached !== undefined) return cached;
    const spans: Spanned<readonly Sense[]>[] = [];
    for (let end = Math.min(at + LONGEST_NAME, this.#words.tokens.length); end > at; end--) {
      const part = this.#words.tokens.slice(at, end);
      if (part.some(({ kind }) => kind === 'mark' || kind === 'quoted' || kind === 'code'))
        continue;
      const mention = this.#look(
        part.map(({ word }) => word),
        { plain: this.#isKeeper(at), stored: this.#words.isStored(at, end) },
      );
      const known = mention.filter((sense) => this.#isAnswered(sense));
      if (known.length > 0) spans.push({ mention: known, end });
    }
    this.#known.set(at, spans);
    return spans;
  }

  /** "tasks reported by Ann" are tasks that she reported, whatever column is called after the day of it. */
  #isDone(at: number): boolean {
    const word = this.#words.word(at);
    return this.#words.word(at + 1) === 'by' && isPast(word) && this.roleCalled(word) !== undefined;
  }

  /** `total fines` is their total, and no amount of any of them. */
  #isSummed(at: number): boolean {
    return this.#words.word(at) === 'total' && this.tables(at + 1).length > 0;
  }

  #mentions<Option extends { readonly cost: number }>(
    at: number,
    pick: (sense: Sense, end: number) => Option[],
  ): Spanned<{ text: string; options: Option[] }>[] {
    return this.senses(at).flatMap(({ mention, end }) => {
      const options = mention.flatMap((sense) => pick(sense, end));
      return options.length === 0 ? [] : [{ mention: { text: this.#name(at, end), options }, end }];
    });
  }

  /** What was typed, without its slips. */
  #name(at: number, end: number): string {
    const part = this.#words.tokens.slice(at, end);
    return part.some(({ slip }) => slip === true)
      ? part.map(({ word }) => word).join(' ')
      : this.#words.text(at, end);
  }

  /** Who types a column's name as it is written, `member_id`, means the column. */
  #written(name: string): Sense[] {
    return this.#schema.tables.flatMap(({ fields }) =>
      fields.flatMap((field): Sense[] =>
        field.column.name.toLowerCase() === name ? [{ type: 'field', field, cost: COST.name }] : [],
      ),
    );
  }

  /** `in the company`: whoever keeps all this, and nothing that it is kept of. */
  #isKeeper(at: number): boolean {
    const article = /^(?:the|this|our)$/.test(this.#words.word(at - 1));
    const next = this.#words.word(at + 1);
    const told = /^(?:that|which|whose|who|with|of)$/.test(next);
    const ends = next === '' || isGlue(next) || this.#words.tokens[at + 1]?.kind === 'mark';
    // "Each practice … the practice's name" is one of those that were spoken of.
    const spoken = this.#words.tokens.some(
      (token, i) => i !== at && singular(token.word) === singular(this.#words.word(at)),
    );
    return article && ends && !told && !spoken && KEEPERS.has(this.#words.word(at));
  }

  /**
   * @param plain whether words stand for nothing but what is called by them
   * @param stored whether they are a value, and no other word for something that is called otherwise
   */
  #look(words: readonly string[], { plain = false, stored = false } = {}): Sense[] {
    const [first = ''] = words;
    if (words.length === 1 && (isGlue(first) || PRONOUNS.has(first) || /^\d/.test(first)))
      return [];
    const written = words.length === 1 && first.includes('_') ? this.#written(first) : [];
    if (written.length > 0) return written;
    const senses = this.#vocabulary.senses(words);
    const direct = plain ? senses.filter(({ cost }) => cost < COST.synonym) : senses;
    if (direct.length === 0 && words.length > 1) {
      const like = this.#vocabulary.alike(words);
      return like.length > 0 || words.some(isStructureWord)
        ? like
        : this.#vocabulary.lettered(words);
    }
    if (words.length > 1 || direct.some(({ cost }) => cost < COST.root)) return direct;
    const shortened = this.#vocabulary.shortened(first);
    if (shortened.length > 0) return [...direct, ...shortened];
    // A word that names nothing may be a relative of a name; content words of structure are not asked.
    if (isStructureWord(first)) return direct;
    const related = [...direct, ...this.#vocabulary.related(first)];
    if (related.length > 0 || isLinkingVerb(first)) return related;
    const like = plain || stored ? [] : this.#vocabulary.alike(words);
    if (like.length > 0) return like;
    // "overdue" says something of a thing, and names none.
    return isQuality(first) ? [] : this.#vocabulary.akin(first);
  }
}
