/** What the registry holds, as the model, the command line and the loop want it. */
import * as registry from './registry.js';
import type { Tool } from './tool.js';

/** By their names in the registry, which is the order in which a model sees them. */
export const tools: readonly Tool[] = Object.values(registry);
