/** What happens in a run, for progress on stderr and, later, for traces. Listeners must not throw. */
import type { ToolCall, Usage, WordReading } from '../models/model.js';

export type RunEvent =
  | { readonly type: 'step'; readonly number: number }
  | { readonly type: 'reply'; readonly text: string; readonly usage: Usage }
  /** How the request was read, where the model can tell. */
  | { readonly type: 'reading'; readonly reading: readonly WordReading[] }
  | { readonly type: 'call'; readonly call: ToolCall }
  /** `text` is what the model is shown. */
  | {
      readonly type: 'observation';
      readonly call: ToolCall;
      readonly text: string;
      readonly failed: boolean;
    };

export type Listener = (event: RunEvent) => void;
