/** The format that a file's name asks for. */
import type { Format } from './format.js';
import { formats } from './formats.js';

/** Names of formats by suffix, where the suffix is not the name itself. */
const SUFFIXES: Readonly<Record<string, string>> = {
  ndjson: 'jsonl',
  md: 'markdown',
  txt: 'table',
};

/** Undefined where the name has no suffix, or none that is known. @param path without a suffix of compression */
export function formatOfPath(path: string): Format | undefined {
  const suffix = /[^/]\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  if (suffix === undefined) return undefined;
  const name = SUFFIXES[suffix] ?? suffix;
  return formats.find((format) => format.name === name && knownSuffixes().includes(suffix));
}

/** For messages: `csv`, `json`, `md`. */
export function knownSuffixes(): readonly string[] {
  const names = formats.map(({ name }) => name);
  const own = names.filter((name) => FILES.includes(name));
  const others = Object.keys(SUFFIXES).filter((suffix) => names.includes(SUFFIXES[suffix]!));
  return [...own, ...others].sort();
}

/** Formats whose names files have as their suffix. */
const FILES = ['csv', 'tsv', 'json', 'jsonl'];
