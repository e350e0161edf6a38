/** What is said of a file of rows, while it is written and when it is there. */
import type { Compression } from '../files.js';
import type { Measure } from './measured.js';

/** A file that an export has put in place. */
export interface ExportedFile {
  /** As it was given. */
  readonly path: string;
  readonly format: string;
  readonly compression: Compression | null;
  readonly rowCount: number;
  /** The file's size. */
  readonly bytes: number;
  /** What the rows take uncompressed; `--max-bytes` counts these. */
  readonly uncompressedBytes: number;
  readonly durationMs: number;
}

/** `orders.csv: 2,000,000 rows, 243.5 MB in 2.9 s (84 MB/s)` */
export function fileLine(file: ExportedFile): string {
  const { path, compression, rowCount, bytes, uncompressedBytes, durationMs } = file;
  const size =
    compression === null
      ? sizeText(bytes)
      : `${sizeText(bytes)} (${sizeText(uncompressedBytes)} uncompressed)`;
  return `${path}: ${rowsText(rowCount)}, ${size} in ${secondsText(durationMs)} (${rateText(uncompressedBytes, durationMs)})`;
}

/** The same while it is written. */
export function progressLine(path: string, { rows, bytes }: Measure, durationMs: number): string {
  if (rows === 0) return `${path}: waiting for the first row`;
  return `${path}: ${rowsText(rows)}, ${sizeText(bytes)} so far (${rateText(bytes, durationMs)})`;
}

export function rowsText(rows: number): string {
  const digits = String(rows).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${rows === 1 ? 'row' : 'rows'}`;
}

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** Units of a thousand, as disks are sold and networks measured. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const [amount, unit] = scaled(bytes);
  return `${amount.toFixed(1)} ${unit}`;
}

function rateText(bytes: number, durationMs: number): string {
  const perSecond = (bytes * 1000) / Math.max(1, durationMs);
  if (perSecond < 1000) return `${Math.round(perSecond)} bytes/s`;
  const [amount, unit] = scaled(perSecond);
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}/s`;
}

/** What would be rounded to 1000 is one of the next unit. */
function scaled(bytes: number): [amount: number, unit: string] {
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.95 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return [amount, UNITS[unit]!];
}

function secondsText(durationMs: number): string {
  const seconds = durationMs / 1000;
  return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
}
