/** The providers of models: a line each. What a provider needs is loaded when it is chosen. */
import type { Secrets } from '../io.js';
import { concealing } from './concealing.js';
import type { Model } from './model.js';

export interface ModelSettings {
  readonly model: string;
  readonly baseURL: string | undefined;
  readonly apiKey: string | undefined;
  /** Milliseconds per attempt. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly contextTokens: number | undefined;
  /** What goes to no model that is somewhere else. */
  readonly secrets: Secrets;
  /** Told when a call is tried again. */
  readonly onRetry: (message: string) => void;
}

export type Provider = (settings: ModelSettings) => Promise<Model>;

export const providers = {
  openai: async (settings) => {
    const { openaiModel } = await import('./openai.js');
    return concealing(openaiModel(settings), settings.secrets);
  },
  offline: async () => (await import('./offline.js')).offlineModel(),
  scripted: async (settings) => {
    const { scriptedFromFile } = await import('./scripted.js');
    return concealing(await scriptedFromFile(settings.model), settings.secrets);
  },
} as const satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;
