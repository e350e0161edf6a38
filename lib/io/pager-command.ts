/** Which pager, and what it is told: as psql's users have set it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What to page with; undefined where nothing is set that is there. */
export function findPager(environment: Environment): string | undefined {
  // A terminal that can't move its cursor has no use for one.
  if (environment['TERM'] === undefined || environment['TERM'] === 'dumb') return undefined;
  const set = environment['PSQL_PAGER'] ?? environment['PAGER'];
  const wanted = set === undefined ? ['less', 'more'] : [set.trim()];
  return wanted.find((command) => {
    if (command === '' || command === 'cat') return false;
    return !isSimple(command) || isThere(command.split(' ')[0]!, environment['PATH'] ?? '');
  });
}

function isThere(program: string, path: string): boolean {
  // An assignment before the command is the shell's to understand.
  if (program.includes('=')) return true;
  const files = program.includes('/')
    ? [program]
    : path.split(delimiter).map((folder) => join(folder, program));
  return files.some((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What less does where the user has not said: Ctrl-C ends it too, long lines are not folded, the screen stays. */
const LESS = 'KSX';

/** The environment for a pager; nothing in it is the database's or the model's business. */
export function pagerEnvironment(
  environment: Environment,
  color: boolean,
): Record<string, string | undefined> {
  const own = Object.entries(environment).filter(([name]) => !/^(PG|OPENAI_|PGASK_)/.test(name));
  return { LESS: color ? `${LESS}R` : LESS, ...Object.fromEntries(own) };
}

/** Nothing that only a shell understands. */
export function isSimple(command: string): boolean {
  return /^[\w./+ =:,@%-]+$/.test(command);
}
