/** Rows of the sample before they are SQL. */

export type Value = string | number | boolean | null;

/** Values by column; all rows of a table have the same columns in the same order. */
export type Row = Readonly<Record<string, Value>>;

/** Money is counted in cents and written as numeric, so that sums are exact. */
export function money(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
