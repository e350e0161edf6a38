/**
 * What the words of names lead to. Columns that are called alike have their senses alike, so they are kept once for all
 * of them: a wide database has few names, each many times, and of most of them no request ever speaks.
 */
import type { Field } from './schema.js';

/** Something that is looked up in the order in which the catalog has it. */
interface Placed<T> {
  readonly at: number;
  readonly value: T;
}

/** Columns that are called alike and are of the same kind. */
export interface Alike {
  readonly fields: Placed<Field>[];
}

interface Shared<T> {
  readonly alike: Alike;
  readonly of: (field: Field) => T;
}

export class Index<T> {
  readonly #single = new Map<string, Placed<T>[]>();
  readonly #shared = new Map<string, Shared<T>[]>();
  readonly #known = new Map<string, readonly T[]>();

  /** @param at the place in the catalog */
  add(key: string, at: number, value: T): void {
    if (key === '') return;
    push(this.#single, key, { at, value });
  }

  addAll(key: string, alike: Alike, of: (field: Field) => T): void {
    if (key === '') return;
    push(this.#shared, key, { alike, of });
  }

  has(key: string): boolean {
    return this.#single.has(key) || this.#shared.has(key);
  }

  /** Only when everything is added. */
  get(key: string): readonly T[] {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const shared = this.#shared.get(key);
    const all = [...(this.#single.get(key) ?? [])];
    for (const { alike, of } of shared ?? []) {
      for (const { at, value } of alike.fields) all.push({ at, value: of(value) });
    }
    if (shared !== undefined) all.sort((a, b) => a.at - b.at);
    const found = all.map(({ value }) => value);
    this.#known.set(key, found);
    return found;
  }

  keys(): ReadonlySet<string> {
    return new Set([...this.#single.keys(), ...this.#shared.keys()]);
  }
}

function push<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}
