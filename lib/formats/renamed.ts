/** An object's keys differ: whoever reads them is to know which columns have other names there. */
import type { ResultColumn } from '../databases/database.js';

export function tellRenamed(
  columns: readonly ResultColumn[],
  warn: (message: string) => void,
): void {
  const renamed = columns.filter(({ name, key }) => name !== key);
  if (renamed.length === 0) return;
  const list = renamed.map(({ name, key }) => `${name} is ${key}`).join(', ');
  warn(`columns of one name are numbered in JSON: ${list}`);
}
