/** Which model answers, and with which key. */
import { ConfigError } from '../errors.js';
import { type Found, readVariable, type Variables } from './environment.js';
import { maskUrl } from './mask.js';
import type { ParsedSettings, Provider } from './schema.js';
import { rank, type Source } from './source.js';

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

export function chooseModel(found: ReadonlyMap<string, Found>, variables: Variables): ModelChoice {
  const keyName = String(found.get('model.apiKeyEnv')?.value ?? 'OPENAI_API_KEY');
  const { apiKey, withheld } = chooseKey(found, readVariable(variables, keyName));
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

/**
 * The environment comes before files, with one exception: a key that stands beside its base URL in one file goes
 * with that URL, because OpenAI's key is no use there and none of its business.
 *
 * A key from a file is never sent to a base URL from a less trusted place: not the user's own key to where
 * a project's file or `.env` says.
 */
function chooseKey(
  found: ReadonlyMap<string, Found>,
  variable: Found | undefined,
): Pick<ModelChoice, 'apiKey' | 'withheld'> {
  const key = found.get('model.apiKey');
  const baseURL = found.get('model.baseURL')?.source;
  if (key === undefined || key.source.type !== 'file') {
    return { apiKey: key ?? variable, withheld: undefined };
  }
  const { file } = key.source;
  if (baseURL?.type === 'file' && baseURL.file === file)
    return { apiKey: key, withheld: undefined };
  if (variable !== undefined) return { apiKey: variable, withheld: undefined };
  const foreign =
    file.scope === 'user' &&
    (baseURL?.type === 'dotenv' || (baseURL?.type === 'file' && baseURL.file.scope === 'project'));
  return foreign
    ? { apiKey: undefined, withheld: `model.apiKey of ${file.shown}` }
    : { apiKey: key, withheld: undefined };
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
