/** What a model is shown of rows: few of them, and cut. */
import type { ResultColumn, Row } from '../databases/database.js';

/** Characters of one value that are shown. */
const MAX_VALUE = 200;

/** Columns with their types on one line, then a line per row: a JSON array of texts, null for NULL. */
export function renderPreview(columns: readonly ResultColumn[], rows: readonly Row[]): string {
  const lines = rows.map((row) => JSON.stringify(row.map(shorten)));
  const names = JSON.stringify(columns.map(({ name, type }) => `${name} ${type}`));
  return [`columns: ${names}`, ...lines].join('\n');
}

function shorten(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_VALUE) return cell;
  // A surrogate pair is not cut in half.
  const kept = cell.slice(0, MAX_VALUE).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${cell.length} characters)`;
}
