/** The offline planner as a model. */
import { NotUnderstoodError } from '../errors.js';
import type { Model } from './model.js';

export function offlineModel(): Model {
  return {
    name: 'offline',
    contextTokens: undefined,
    complete: () => Promise.reject(new NotUnderstoodError('the offline planner is not there yet')),
  };
}
