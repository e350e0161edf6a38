/** Every effective value and where it came from, for `pgask config`. Secrets are masked here. */
import { defaultDatabase } from './databases.js';
import type { Found } from './environment.js';
import type { Config } from './load.js';
import { shownValue } from './mask.js';
import { DEFAULT_MODEL } from './model.js';
import { type DatabaseSettings, LEAVES } from './schema.js';
import { type Source, sourceText } from './source.js';

export interface DescribedSetting {
  readonly key: string;
  /** Null where nothing is set. */
  readonly value: string | null;
  readonly source: string;
}

const BY_DEFAULT: Source = { type: 'default' };

export function describeConfig(config: Config): DescribedSetting[] {
  const rows: [string, unknown, Source][] = [];
  for (const { key, path } of LEAVES) {
    if (key === 'database') {
      rows.push([key, ...describeDefault(config)], ...describeDatabases(config));
    } else {
      const inForce = path.reduce<unknown>(
        (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
        config.settings,
      );
      rows.push([key, ...(describeModel(config, key) ?? describeLeaf(config, key, inForce))]);
    }
  }
  const { sessionName } = config.origins;
  if (sessionName !== undefined) rows.push(['session', sessionName.value, sessionName.source]);
  return rows.map(([key, value, source]) => ({
    key,
    value: value === undefined ? null : shownValue(key, String(value)),
    source: sourceText(source) + (config.trusts(source) ? '' : ' (not trusted)'),
  }));
}

function describeLeaf({ origins }: Config, key: string, inForce: unknown): [unknown, Source] {
  return [inForce, origins.context.found.get(key)?.source ?? BY_DEFAULT];
}

/** What a model's setting comes to depends on others: the key on its variable, the provider on the key. */
function describeModel({ origins, settings }: Config, key: string): [unknown, Source] | undefined {
  const { provider, apiKey } = origins.model;
  const pair = (found: Found | undefined): [unknown, Source] => [
    found?.value,
    found?.source ?? BY_DEFAULT,
  ];
  if (key === 'model.provider') return pair(provider);
  if (key === 'model.apiKey') return pair(apiKey);
  if (key !== 'model.model') return undefined;
  const named = origins.context.found.get(key);
  if (provider.value === 'offline') return ['offline', provider.source];
  const ownEndpoint = provider.value === 'openai' && settings.model.baseURL === undefined;
  return named === undefined && ownEndpoint ? [DEFAULT_MODEL, BY_DEFAULT] : pair(named);
}

function describeDefault({ origins, defaultName }: Config): [unknown, Source] {
  const chosen = defaultDatabase(origins.context);
  return chosen.type === 'undecided'
    ? [undefined, { type: 'default', reason: 'several databases are configured' }]
    : [defaultName, chosen.source];
}

function describeDatabases({ origins }: Config): [string, unknown, Source][] {
  return origins.context.configured.flatMap(({ name, settings, file }) => {
    const given = (file?.content as { databases?: Record<string, unknown> } | undefined)?.databases;
    return flatten(settings).map(([path, value]): [string, unknown, Source] => {
      const written = file !== undefined && has(given?.[name], path);
      return [
        ['databases', name, ...path].join('.'),
        value,
        written ? { type: 'file', file, path: ['databases', name, ...path] } : BY_DEFAULT,
      ];
    });
  });
}

function flatten(settings: DatabaseSettings): [string[], unknown][] {
  const { limits = {}, guard = {}, ...rest } = settings;
  return [
    ...Object.entries(rest).map(([key, value]): [string[], unknown] => [[key], value]),
    ...Object.entries({ limits, guard }).flatMap(([section, values]) =>
      Object.entries(values).map(([key, value]): [string[], unknown] => [[section, key], value]),
    ),
  ];
}

function has(entry: unknown, path: readonly string[]): boolean {
  let inner = entry;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return false;
    inner = (inner as Record<string, unknown>)[key];
  }
  return true;
}
