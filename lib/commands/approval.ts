/** Who approves a change: a person who is asked, or the flags; without either nothing is executed. */
import type { App } from '../app.js';
import type { Preview, Proposal } from '../changes/changes.js';
import { RefusedError } from '../errors.js';

/** What is told where there is neither a person nor a flag. */
export function unapproved({ effect, statements }: Proposal): RefusedError {
  const what = statements.length === 1 ? statements[0]!.command : `${statements.length} statements`;
  return new RefusedError(`refused: nobody has approved ${what}, and nobody can be asked`, {
    rule: 'approval',
    effect,
    hint: 'approve it with --yes, write it down with --plan, or run it at a terminal',
  });
}

/** An admin change wants the name of what it is about; of the database where it names nothing. */
export function checkName(
  names: readonly string[],
  effect: Preview['effect'],
  confirm: string | undefined,
  database: string,
): void {
  if (effect !== 'admin') return;
  const wanted = names.length === 0 ? database : names.join(',');
  if (sameNames(confirm ?? '', wanted)) return;
  const given = confirm === undefined ? '' : `, and --confirm says ${confirm}`;
  throw new RefusedError(`refused: an admin change wants its name confirmed${given}`, {
    rule: 'confirmation',
    effect,
    hint: `add --confirm ${JSON.stringify(wanted)}`,
  });
}

/** In any order, with or without spaces. */
function sameNames(one: string, other: string): boolean {
  const sorted = (text: string) =>
    text
      .split(',')
      .map((name) => name.trim())
      .sort()
      .join();
  return sorted(one) === sorted(other);
}

/** @throws {RefusedError} the person says no */
export async function askFor(
  app: App,
  names: readonly string[],
  effect: Preview['effect'],
  database: string,
): Promise<void> {
  const wanted = names.length === 0 ? database : names.join(',');
  const question =
    effect === 'admin'
      ? `type ${wanted} to apply this, or anything else to leave it: `
      : 'apply this? [y/N] ';
  const answer = (await app.io.ask(question, app.signal)).trim();
  const yes = effect === 'admin' ? sameNames(answer, wanted) : /^y(es)?$/i.test(answer);
  if (yes) return;
  throw new RefusedError('refused: it was not approved', {
    rule: 'approval',
    effect,
    hint: 'nothing was changed',
  });
}
