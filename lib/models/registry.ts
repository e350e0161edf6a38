/** The providers of models: a line each. What a provider needs is loaded when it is chosen. */
import type { Model } from './model.js';

export interface ModelSettings {
  readonly model: string;
  readonly baseURL: string | undefined;
  readonly apiKey: string | undefined;
  /** Milliseconds per attempt. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly contextTokens: number | undefined;
  /** Told when a call is tried again. */
  readonly onRetry: (message: string) => void;
}

export type Provider = (settings: ModelSettings) => Promise<Model>;

export const providers = {
  openai: async (settings) => (await import('./openai.js')).openaiModel(settings),
  offline: async () => (await import('./offline.js')).offlineModel(),
  scripted: async (settings) => (await import('./scripted.js')).scriptedFromFile(settings.model),
} as const satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;
