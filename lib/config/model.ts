/** Which model answers, and with which key. */
import { ConfigError } from '../errors.js';
import { type Found, readVariable, type Variables } from './environment.js';
import type { ConfigFile } from './file.js';
import { maskUrl } from './mask.js';
import type { ParsedSettings, Provider } from './schema.js';
import { rank, type Source, sourceText } from './source.js';

/** OpenAI's own endpoint is asked for this one where no other is named. */
export const DEFAULT_MODEL = 'gpt-5-mini';

export interface ModelChoice {
  readonly provider: { readonly value: Provider; readonly source: Source };
  readonly apiKey: Found | undefined;
  /** Why the offline planner answers although nobody chose it. */
  readonly reason: string | undefined;
  /** A key that is there and is not used. */
  readonly withheld: string | undefined;
}

export interface EffectiveModel {
  readonly provider: Provider;
  readonly reason: string | undefined;
  readonly model: string;
  readonly baseURL: string | undefined;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly contextTokens: number | undefined;
  readonly pricing: ParsedSettings['model']['pricing'];
}

/** @param trusts whether the place that a value comes from is trusted */
export function chooseModel(
  found: ReadonlyMap<string, Found>,
  variables: Variables,
  trusts: (source: Source) => boolean,
): ModelChoice {
  const keyName = String(found.get('model.apiKeyEnv')?.value ?? 'OPENAI_API_KEY');
  const { apiKey, withheld } = chooseKey(found, readVariable(variables, keyName), trusts);
  const name = found.get('model.model');
  const chosen = found.get('model.provider');
  const choice = (value: Provider, source: Source, reason?: string): ModelChoice => ({
    provider: { value, source },
    apiKey,
    reason,
    withheld,
  });

  // A name that was given closer at hand than the provider decides which provider it takes.
  if (name !== undefined && (chosen === undefined || rank(name.source) > rank(chosen.source))) {
    if (name.value === 'offline') return choice('offline', name.source);
    if (chosen?.value === 'offline' && isTyped(name.source)) return choice('openai', name.source);
  }
  if (chosen !== undefined) return choice(chosen.value as Provider, chosen.source);
  if (apiKey !== undefined) return choice('openai', byDefault('there is a key'));
  if (found.has('model.baseURL')) return choice('openai', byDefault('there is a model.baseURL'));
  if (name?.source.type === 'flag') return choice('openai', name.source);
  const reason = `${keyName} is not set`;
  return choice('offline', byDefault(`${reason}, and there is no model.baseURL`), reason);
}

/** Whoever configured `offline` leaves it by a word of their own, not by a variable that other programs read too. */
function isTyped(source: Source): boolean {
  return source.type === 'flag' || (source.type === 'environment' && source.name === 'PGASK_MODEL');
}

function byDefault(reason: string): Source {
  return { type: 'default', reason };
}

/** A key is never sent to a base URL from a less trusted place than its own. */
function chooseKey(
  found: ReadonlyMap<string, Found>,
  variable: Found | undefined,
  trusts: (source: Source) => boolean,
): Pick<ModelChoice, 'apiKey' | 'withheld'> {
  const apiKey = nearestKey(found, variable);
  const baseURL = found.get('model.baseURL')?.source;
  if (apiKey === undefined || baseURL === undefined) return { apiKey, withheld: undefined };
  const { source } = apiKey;
  const together = baseURL.type === 'file' && isOf(source, baseURL.file);
  const ofDirectory =
    baseURL.type === 'dotenv' || (baseURL.type === 'file' && baseURL.file.scope === 'project');
  // What the user keeps in a file is for the endpoint that the user keeps there, whatever is trusted.
  const foreign = ofDirectory && source.type === 'file' && source.file.scope === 'user';
  const doubtful = !trusts(baseURL) && source.type !== 'dotenv';
  if (together || !(foreign || doubtful)) return { apiKey, withheld: undefined };
  const where = source.type === 'file' ? `model.apiKey of ${source.file.shown}` : undefined;
  return { apiKey: undefined, withheld: where ?? sourceText(source) };
}

/**
 * The environment comes before files, with one exception: a key that stands beside its base URL in one file goes
 * with that URL, because OpenAI's key is no use there and none of its business.
 */
function nearestKey(
  found: ReadonlyMap<string, Found>,
  variable: Found | undefined,
): Found | undefined {
  const key = found.get('model.apiKey');
  const baseURL = found.get('model.baseURL')?.source;
  if (key?.source.type !== 'file') return key ?? variable;
  if (baseURL?.type === 'file' && isOf(key.source, baseURL.file)) return key;
  return variable ?? key;
}

function isOf(source: Source, file: ConfigFile): boolean {
  return source.type === 'file' && source.file === file;
}

/** @throws {ConfigError} where something is missing that this provider can't do without */
export function effectiveModel(
  { provider, apiKey, reason }: ModelChoice,
  settings: ParsedSettings['model'],
): EffectiveModel {
  const { baseURL, timeoutMs, maxRetries, contextTokens, pricing, apiKeyEnv } = settings;
  const effective = {
    provider: provider.value,
    reason,
    baseURL,
    apiKey: apiKey === undefined ? undefined : String(apiKey.value),
    timeoutMs,
    maxRetries,
    contextTokens,
    pricing,
  };
  if (provider.value === 'offline') return { ...effective, model: 'offline' };
  if (provider.value === 'openai' && baseURL === undefined) {
    if (apiKey === undefined) {
      throw new ConfigError(`there is no key for the model: ${apiKeyEnv} is not set`, {
        hint: `set ${apiKeyEnv}, or model.baseURL for an endpoint without a key, or use --model offline`,
      });
    }
    return { ...effective, model: settings.model ?? DEFAULT_MODEL };
  }
  if (settings.model !== undefined) return { ...effective, model: settings.model };
  throw new ConfigError(
    provider.value === 'scripted'
      ? 'model.model does not name the file of replies'
      : `model.model does not say which model to ask at ${maskUrl(String(baseURL))}`,
    { hint: 'name it with --model, PGASK_MODEL or model.model in agent.config.json' },
  );
}
