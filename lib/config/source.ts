/** Where an effective value came from. */
import type { ConfigFile } from './file.js';
import { lineOf, type Path } from './locate.js';

export type Source =
  /** `--db` */
  | { readonly type: 'flag'; readonly name: string }
  | { readonly type: 'environment'; readonly name: string }
  /** The `.env` file of the working directory. */
  | { readonly type: 'dotenv'; readonly name: string }
  | { readonly type: 'file'; readonly file: ConfigFile; readonly path: Path }
  | { readonly type: 'default'; readonly reason?: string };

/** Of two sources the one that says more counts: the higher number. A file of the project beats the user's. */
export function rank(source: Source): number {
  if (source.type === 'file') return source.file.scope === 'user' ? 1 : 2;
  return { flag: 4, environment: 3, dotenv: 3, default: 0 }[source.type];
}

/** `flag --db`, `environment PGASK_DB`, `.env PGASK_DB`, `agent.config.json:12`, `default` */
export function sourceText(source: Source): string {
  switch (source.type) {
    case 'flag':
      return `flag ${source.name}`;
    case 'environment':
      return `environment ${source.name}`;
    case 'dotenv':
      return `.env ${source.name}`;
    case 'file':
      return `${source.file.shown}:${lineOf(source.file.text, source.path)}`;
    case 'default':
      return source.reason === undefined ? 'default' : `default: ${source.reason}`;
  }
}
