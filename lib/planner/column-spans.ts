/** Columns by the forms of speech that name them otherwise than by their names: `the year they opened`, `flight number`. */
import { isGlue } from './lexicon/structure.js';
import { BE } from './lexicon/words.js';
import type { FieldMention, TableMention } from './phrase.js';
import type { Schema } from './schema/schema.js';
import { COST, type Sense } from './schema/sense.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { LONGEST_NAME, type Spanned, type Words } from './spans.js';
import { isPast } from './text/inflection.js';

const SUBJECTS = new Set(['they', 'it', 'he', 'she']);
/** Words that may stand between those of one name. */
const BETWEEN = new Set('in the was were is are been when that it they on which'.split(' '));
const LONGEST_APART = 8;

/** What words may name by their names. */
interface Named {
  senses(at: number): readonly Spanned<readonly Sense[]>[];
  tables(at: number): Spanned<TableMention>[];
}

export class ColumnSpans {
  readonly #words: Words;
  readonly #schema: Schema;
  readonly #vocabulary: Vocabulary;
  readonly #names: Named;

  constructor(words: Words, schema: Schema, vocabulary: Vocabulary, names: Named) {
    this.#words = words;
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    this.#names = names;
  }

  /** `the year they opened`, `the date it was built`: the column of the event that somebody is said to have had. */
  happened(at: number): Spanned<FieldMention>[] {
    if (!/^(?:year|date|day|time)$/.test(this.#words.word(at))) return [];
    const when = ['when', 'that', 'on'].includes(this.#words.word(at + 1)) ? at + 2 : at + 1;
    if (!SUBJECTS.has(this.#words.word(when))) return [];
    const verb = BE.has(this.#words.word(when + 1)) ? when + 2 : when + 1;
    if (!isPast(this.#words.word(verb))) return [];
    return this.calledAfter(verb).map(({ mention, end }) => {
      const last = this.#words.word(end) === 'it' ? end + 1 : end;
      return { mention: { ...mention, text: this.#words.text(at, last) }, end: last };
    });
  }

  /** Columns of dates that are called after the verb at a place: shipped_at for `shipped`. */
  calledAfter(at: number): Spanned<FieldMention>[] {
    const word = this.#words.word(at);
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

  /** `the value of "ties"`: a column's name may stand in quotes as a text may. */
  quoted(at: number): Spanned<FieldMention>[] {
    const text = this.#words.text(at, at + 1);
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
  apart(at: number): Spanned<FieldMention>[] {
    const words = [this.#words.word(at)];
    if (words[0] === '' || isGlue(words[0]!)) return [];
    const found: Spanned<FieldMention>[] = [];
    for (let i = at + 1; i < at + LONGEST_APART && words.length < LONGEST_NAME; i++) {
      if (BETWEEN.has(this.#words.word(i))) continue;
      if (this.#words.tokens[i]?.kind !== 'word' || isGlue(this.#words.word(i))) break;
      words.push(this.#words.word(i));
      if (words.length === i - at + 1) continue;
      const options = this.#vocabulary
        .senses(words)
        .flatMap((sense) =>
          sense.type === 'field' && sense.cost <= COST.short
            ? [{ field: sense.field, cost: sense.cost }]
            : [],
        );
      if (options.length > 0)
        found.push({ mention: { text: this.#words.text(at, i + 1), options }, end: i + 1 });
    }
    return found;
  }

  /** `founded year`, `placement date`: the column of the event, whatever it calls the time. */
  dated(at: number): Spanned<FieldMention>[] {
    if (!/^(?:year|date|day|time)s?$/.test(this.#words.word(at + 1))) return [];
    return this.calledAfter(at).map(({ mention }) => ({
      mention: { ...mention, text: this.#words.text(at, at + 2) },
      end: at + 2,
    }));
  }

  /** `flight number`, `room number`: the number by which one is told from another, where nothing else is called so. */
  numbered(at: number, found: readonly Spanned<FieldMention>[]): Spanned<FieldMention>[] {
    const end = at + 2;
    if (!/^(?:numbers?|no)$/.test(this.#words.word(at + 1))) return [];
    if (this.#names.senses(at).some((one) => one.end >= end)) return [];
    const columns = found.flatMap(({ mention, end: behind }) =>
      behind === at + 1 ? mention.options.filter(({ cost }) => cost === COST.name) : [],
    );
    const keys = this.#names.tables(at).flatMap(({ mention, end: behind }) =>
      behind === at + 1
        ? mention.options.flatMap(({ table, via, cost }) => {
            const [field, ...more] = table.key;
            const told = via === undefined && cost === COST.name && more.length === 0;
            return told && field !== undefined ? [{ field, cost: COST.short }] : [];
          })
        : [],
    );
    const options = columns.length > 0 ? columns : keys;
    return options.length === 0
      ? []
      : [{ mention: { text: this.#words.text(at, end), options }, end }];
  }

  /** `signed up`: the day of which a comment says that it is when somebody did so. */
  #toldBy(at: number): Spanned<FieldMention> | undefined {
    const particle = ['up', 'off', 'out', 'on', 'in', 'over'].includes(this.#words.word(at + 1));
    if (!particle || !isPast(this.#words.word(at))) return undefined;
    const text = `${this.#words.word(at)} ${this.#words.word(at + 1)}`;
    const times = this.#schema.tables.flatMap(({ fields }) =>
      fields.filter(({ role }) => role === 'time'),
    );
    const said = times.filter(({ column: { comment = '' } }) =>
      new RegExp(`\\b${text}\\b`, 'i').test(comment),
    );
    const options = said.map((field) => ({ field, cost: COST.short }));
    return options.length === 0 ? undefined : { mention: { text, options }, end: at + 2 };
  }
}
