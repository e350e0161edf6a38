/** JSON of objects that hold rows which are the server's own JSON: they stand in it as they came, digit for digit. */
import type { App } from '../app.js';
import type { AppliedStatement } from '../changes/changes.js';
import { quoteNumbers } from '../formats/json-numbers.js';

/** JSON already. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** As JSON.stringify says it of plain objects, with what is JSON already as it is. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(jsonText).join()}]`;
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => `${JSON.stringify(key)}:${jsonText(one)}`);
  return `{${members.join()}}`;
}

/** What a statement gave back, at most as many rows as are asked for, each without a line break. */
export function rowsOfJson(
  app: App,
  { json = [] }: NonNullable<AppliedStatement['returned']>,
): RawJson {
  const { limit = Infinity, jsonNumbers } = app.flags;
  // Within strings JSON has no bare line break, so that any is white space of a json value.
  const text = `[${json.slice(0, limit).join()}]`.replace(/[\r\n]/g, ' ');
  if (jsonNumbers !== 'string') return new RawJson(text);
  const bytes = Buffer.from(text);
  const quoted = quoteNumbers()({ bytes, ends: [bytes.length] }).bytes;
  return new RawJson(Buffer.from(quoted).toString());
}
