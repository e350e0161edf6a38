/** Looking at the nodes of a parse tree while names are collected. */
import type { Tree } from '../parse.js';
import { namesOf } from '../walk.js';

/** A node on the way down. */
export interface Visit {
  readonly tag: string;
  readonly fields: Tree;
  /** Names of WITH queries that hide relations here. */
  readonly scope: ReadonlySet<string>;
}

export function isRelation(fields: Tree): boolean {
  return typeof fields['relname'] === 'string';
}

/** The last two names: a catalog's name before them can only be the database's own. */
export function qualified(list: unknown): string[] {
  return namesOf(list).slice(-2);
}

export function listOf(value: unknown): Tree[] {
  return Array.isArray(value) ? (value as Tree[]) : [];
}

export function at(fields: Tree | undefined): number | undefined {
  const location = fields?.['location'];
  return typeof location === 'number' && location >= 0 ? location : undefined;
}

export function child(value: unknown): Tree | undefined {
  const [entry] = Object.values((value ?? {}) as Tree);
  return typeof entry === 'object' && entry !== null ? (entry as Tree) : undefined;
}
