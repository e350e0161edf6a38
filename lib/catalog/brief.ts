/** What every model is told of the database and the day: written into the prompt, and read back by the planner. */
import type { Catalog } from './catalog.js';
import { readCatalog } from './ddl.js';

export interface Brief {
  /** ISO 8601 date that "today" means. */
  readonly today: string;
  readonly catalog: Catalog;
}

/** The catalog's text between lines that nothing in it can imitate, since none of its lines starts with `<`. */
export function renderCatalogBlock(ddl: string): string {
  return `<catalog>\n${ddl}\n</catalog>`;
}

export function renderToday(today: string): string {
  return `today: ${today}`;
}

/**
 * The brief inside a system message.
 *
 * @throws {SyntaxError} where there is none
 */
export function readBrief(system: string): Brief {
  const ddl = /^<catalog>\n([\s\S]*?)\n<\/catalog>$/m.exec(system)?.[1];
  const today = /^today: (\d{4}-\d{2}-\d{2})$/m.exec(system)?.[1];
  if (ddl === undefined || today === undefined) throw new SyntaxError('the prompt has no brief');
  return { today, catalog: readCatalog(ddl) };
}
