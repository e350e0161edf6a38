/** What the working directory says, and whether it may: until its files are trusted, nothing is done by their word. */
import { UntrustedError } from '../errors.js';
import { type Demand, demandsOfDotenv, demandsOfFile, type OwnSettings } from './demands.js';
import type { Variables } from './environment.js';
import { type ConfigFile, placeOf } from './file.js';
import type { DatabaseSettings } from './schema.js';
import type { Source } from './source.js';
import type { TrustStore } from './trust.js';

/** A file that the working directory brings along. */
export interface LocalFile {
  readonly path: string;
  readonly shown: string;
  /** What was read, and is used. */
  readonly text: string;
  /** None where the file needs no trust. */
  readonly demands: readonly Demand[];
}

/** For what pgask itself has written: a file that was trusted stays so, and a new one is. */
export type TrustGoesOn = (written: {
  readonly path: string;
  /** The text that was edited; undefined where there was no file. */
  readonly before: string | undefined;
  readonly after: string;
}) => Promise<void>;

export interface LocalFiles {
  readonly files: readonly LocalFile[];
  untrusted(): readonly LocalFile[];
  /** @throws {UntrustedError} */
  refuseUntrusted(): void;
  trust(files: readonly LocalFile[]): Promise<void>;
  distrust(path: string): Promise<boolean>;
  trusts(source: Source): boolean;
  readonly trustGoesOn: TrustGoesOn;
}

export function inspectLocalFiles({
  files,
  variables,
  databases,
  keyVariable,
  own,
  store,
}: {
  readonly files: readonly ConfigFile[];
  readonly variables: Variables;
  readonly databases: readonly DatabaseSettings[];
  /** The variable that holds the model's key. */
  readonly keyVariable: string;
  readonly own: OwnSettings;
  readonly store: TrustStore;
}): LocalFiles {
  const projectFiles = files.filter(({ scope }) => scope === 'project');
  const local = projectFiles.map((file): LocalFile => ({
    path: file.path,
    shown: file.shown,
    text: file.text,
    demands: demandsOfFile(file, own),
  }));
  if (variables.dotenv !== undefined) {
    const passwords = databases.flatMap(({ passwordEnv }) => passwordEnv ?? []);
    const secrets = new Set(['OPENAI_API_KEY', keyVariable, ...passwords]);
    const demands = demandsOfDotenv(variables, secrets, own);
    local.push({ ...variables.dotenv, shown: '.env', demands });
  }

  const untrusted = () =>
    local.filter(({ path, text, demands }) => demands.length > 0 && !store.trusts(path, text));
  return {
    files: local,
    untrusted,
    refuseUntrusted() {
      const doubtful = untrusted();
      if (doubtful.length > 0) throw refusal(doubtful);
    },
    async trust(chosen) {
      for (const { path, text } of chosen) await store.remember(path, text);
    },
    distrust: (path) => store.forget(path),
    trusts(source) {
      const path = pathOf(source, variables);
      return path === undefined || !untrusted().some((file) => file.path === path);
    },
    async trustGoesOn({ path, before, after }) {
      const known = local.find((file) => placeOf(file.path) === placeOf(path));
      // Of a file of the user's own, or a named one, nothing is asked.
      if (before !== undefined && known === undefined) return;
      const harmless = known?.text === before && known?.demands.length === 0;
      if (before !== undefined && !harmless && !store.trusts(path, before)) return;
      await store.remember(path, after);
    },
  };
}

function pathOf(source: Source, { dotenv }: Variables): string | undefined {
  if (source.type === 'dotenv') return dotenv?.path;
  return source.type === 'file' ? source.file.path : undefined;
}

/** More than these are counted, not shown. */
const MAX_SHOWN = 20;

function refusal(files: readonly LocalFile[]): UntrustedError {
  const lines = demandLines(files);
  const more = lines.length - MAX_SHOWN;
  const names = files.map(({ shown }) => shown).join(' and ');
  // Naming a configuration file says nothing of a .env.
  const [only, second] = files;
  const nameable = second === undefined && only?.shown !== '.env';
  const otherwise = nameable ? `, or name the file: --config ${names}` : '';
  return new UntrustedError(
    [
      `${names} ${files.length === 1 ? 'is' : 'are'} not trusted, and would decide`,
      ...lines.slice(0, MAX_SHOWN),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    { hint: `read it; if it is yours to trust: pgask config trust${otherwise}` },
  );
}

export function demandLines(files: readonly LocalFile[]): string[] {
  return files.flatMap(({ demands }) =>
    demands.map(({ where, key, value }) => `  ${where}: ${key} = ${value}`),
  );
}
