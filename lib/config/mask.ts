/** Settings and connections as they may be shown. */
import { MASK, maskConnection, maskUrl } from '../io.js';

export { holdsSecret, MASK, maskConnection, maskUrl, secretsIn } from '../io.js';

/** A setting's value by its key: `model.apiKey`, `databases.shop.url`. */
export function shownValue(key: string, value: string): string {
  const name = key.slice(key.lastIndexOf('.') + 1);
  if (name === 'apiKey' || name === 'password') return MASK;
  if (name === 'baseURL') return maskUrl(value);
  return name === 'url' ? maskConnection(value) : value;
}
