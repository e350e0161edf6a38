/** What is said of a new row, clause by clause: `named Ida Berg`, `priced at 12.50`, `in the category Lighting`. */
import { NotUnderstoodError } from '../../errors.js';
import type { Lattice } from '../lattice.js';
import { BELONGING, CALLED, HAVING, LINKS, PRICED } from '../lexicon/changes.js';
import { PRICE_WORDS } from '../lexicon/words.js';
import { COST } from '../schema/sense.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Setting } from './change.js';
import { type Command, typed } from './command.js';
import { literalOf, type Span } from './literal.js';
import { referencesOf, referredBy } from './references.js';

const MAX_WAYS = 12;

interface Named {
  readonly table: Table;
  readonly end: number;
}

/** Tables whose very name stands at a place. */
export function tablesAt(lattice: Lattice, at: number): Named[] {
  const spans = lattice.tables(at);
  const longest = Math.max(0, ...spans.map(({ end }) => end));
  return spans.flatMap(({ mention, end }) =>
    end < longest
      ? []
      : mention.options.flatMap(({ table, via, cost }) =>
          via === undefined && cost <= COST.short ? [{ table, end }] : [],
        ),
  );
}

/** Every word belongs to one clause. */
export class Clauses {
  readonly #lattice: Lattice;
  readonly #table: Table;
  readonly #command: Command;
  #failed: NotUnderstoodError | undefined;

  constructor(lattice: Lattice, table: Table, command: Command) {
    this.#lattice = lattice;
    this.#table = table;
    this.#command = command;
  }

  why(from: number, end: number): NotUnderstoodError {
    return (
      this.#failed ??
      new NotUnderstoodError(
        `"${typed(this.#lattice, from, end)}" is not clear as columns of ${this.#table.relation.name}`,
        { hint: 'say each as "with the city \'Oslo\'"' },
      )
    );
  }

  /** The name may stand right behind the thing: `a customer Ida Berg`. */
  readAll(from: number, end: number): (readonly Setting[])[] {
    const first = this.#lattice.tokens[from];
    const isName = first?.kind === 'quoted' || /^\p{Lu}/u.test(first?.text ?? '');
    const named = isName
      ? this.#ends(from, end).flatMap((stop) => {
          const name = this.#attempt(() => this.named(from, stop));
          return name === undefined ? [] : this.read(stop, end).map((rest) => [...name, ...rest]);
        })
      : [];
    return named.length > 0 ? named : this.read(from, end);
  }

  read(from: number, end: number): (readonly Setting[])[] {
    let at = from;
    while (
      at < end &&
      (HAVING.has(this.#word(at)) ||
        ['the', 'a', 'an', 'it', 'is', 'has', 'who'].includes(this.#word(at)))
    )
      at++;
    if (at >= end) return at === from ? [[]] : [];
    return this.#clauses(at)
      .flatMap(({ at: start, read }) =>
        this.#ends(start, end).flatMap((stop) => {
          const settings = this.#attempt(() =>
            read({ lattice: this.#lattice, from: start, to: stop }),
          );
          if (settings === undefined) return [];
          return this.read(stop, end).map((rest) => [...settings, ...rest]);
        }),
      )
      .slice(0, MAX_WAYS);
  }

  /** The name of the row. */
  named(from: number, to: number): readonly Setting[] {
    return this.#called({ lattice: this.#lattice, from, to });
  }

  #word(at: number): string {
    const token = this.#lattice.tokens[at];
    return token?.kind === 'quoted' ? '' : this.#lattice.word(at);
  }

  #attempt(read: () => readonly Setting[]): readonly Setting[] | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      this.#failed ??= error;
      return undefined;
    }
  }

  /** Where a value that begins here may end: nothing in it begins another clause. */
  #ends(start: number, end: number): number[] {
    if (HAVING.has(this.#word(start))) return [];
    const found: number[] = [];
    for (let stop = start + 1; stop <= end; stop++) {
      found.push(stop);
      const word = this.#word(stop);
      if (HAVING.has(word)) break;
      if (CALLED.has(word) || BELONGING.has(word) || this.#fields(stop).length > 0) break;
      if (PRICED.some((words) => words.every((one, i) => this.#word(stop + i) === one))) break;
    }
    return found.filter((stop) => stop <= end);
  }

  #clauses(
    at: number,
  ): { readonly at: number; readonly read: (span: Span) => readonly Setting[] }[] {
    if (CALLED.has(this.#word(at))) return [{ at: at + 1, read: (span) => this.#called(span) }];
    const priced = PRICED.find((words) => words.every((one, i) => this.#word(at + i) === one));
    if (priced !== undefined)
      return [{ at: at + priced.length, read: (span) => this.#priced(span) }];
    const fields = this.#fields(at).map(({ field, end }) => ({
      at: this.#links(
        field.role === 'time' && ['on', 'at'].includes(this.#word(end)) ? end + 1 : end,
      ),
      read: (span: Span) => [literalOf(span, field, this.#command)],
    }));
    const belongs = BELONGING.has(this.#word(at));
    let next = belongs ? at + 1 : at;
    while (['the', 'a', 'an'].includes(this.#word(next))) next++;
    const steps = this.#steps(next).map(({ step, end }) => ({
      at: this.#links(end),
      read: (span: Span) => [referredBy(span, step, this.#command)],
    }));
    if (fields.length > 0 || steps.length > 0) return [...fields, ...steps];
    return belongs ? [{ at: next, read: (span) => this.#owned(span) }] : [];
  }

  #links(at: number): number {
    let next = at;
    while (LINKS.has(this.#word(next)) || CALLED.has(this.#word(next))) next++;
    return next;
  }

  /** Columns of this table that are called by the words here, the longest name. */
  #fields(at: number): { readonly field: Field; readonly end: number }[] {
    if (this.#lattice.tokens[at]?.kind !== 'word') return [];
    const found = this.#lattice.fields(at).flatMap(({ mention, end }) => {
      const own = mention.options.filter(
        ({ field, cost }) => field.table === this.#table && cost <= COST.synonym,
      );
      const least = Math.min(...own.map(({ cost }) => cost));
      return own.flatMap(({ field, cost }) => (cost === least ? [{ field, end }] : []));
    });
    const longest = Math.max(0, ...found.map(({ end }) => end));
    return found.filter(({ end }) => end === longest);
  }

  /** Keys to tables that are called by the words here. */
  #steps(at: number): { readonly step: Step; readonly end: number }[] {
    const steps = referencesOf(this.#table);
    return tablesAt(this.#lattice, at).flatMap(({ table, end }) => {
      const own = steps.filter(({ to }) => to === table);
      return own.length === 1 ? [{ step: own[0]!, end }] : [];
    });
  }

  #called(span: Span): readonly Setting[] {
    const { naming, relation } = this.#table;
    const [first, second, ...more] = naming;
    if (first === undefined || more.length > 0)
      throw new NotUnderstoodError(`${relation.name} has no column for a name`, {
        hint: 'say which column: "with the … …"',
      });
    if (second === undefined) return [literalOf(span, first, this.#command)];
    if (span.to - span.from !== 2)
      throw new NotUnderstoodError(`${relation.name} keeps first and last names apart`, {
        hint: "say both: \"with the first name 'Ida' and the last name 'Berg'\"",
      });
    return [
      literalOf({ ...span, to: span.from + 1 }, first, this.#command),
      literalOf({ ...span, from: span.from + 1 }, second, this.#command),
    ];
  }

  #priced(span: Span): readonly Setting[] {
    const fields = this.#table.fields.filter(
      ({ role, words }) => role === 'measure' && words.some((word) => PRICE_WORDS.includes(word)),
    );
    const [field, ...more] = fields;
    if (field === undefined || more.length > 0)
      throw new NotUnderstoodError(
        `it is not clear which column of ${this.#table.relation.name} is the price`,
        {
          hint: 'name the column',
          ...(fields.length === 0 ? {} : { choices: fields.map(({ column }) => column.name) }),
        },
      );
    return [literalOf(span, field, this.#command)];
  }

  /** `for Ida Berg`: a row of the one table that it refers to and that knows the name. */
  #owned(span: Span): readonly Setting[] {
    const words = typed(this.#lattice, span.from, span.to);
    // "the Sales department"
    const [last] = this.#steps(span.to - 1);
    if (last !== undefined && span.to - span.from > 1)
      return [referredBy({ ...span, to: span.to - 1 }, last.step, this.#command)];
    const found = referencesOf(this.#table).flatMap((step) => {
      const setting = this.#attempt(() => [referredBy(span, step, this.#command)])?.[0];
      return setting === undefined || /^-?\d/.test(setting.sql) ? [] : [setting];
    });
    const [setting, ...more] = found;
    if (setting === undefined || more.length > 0)
      throw new NotUnderstoodError(`it is not clear what "${words}" is to the new row`, {
        hint: 'name the table or the column: "for the customer …"',
      });
    return [setting];
  }
}
