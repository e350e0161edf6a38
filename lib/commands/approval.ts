/** Who approves a change: a person who is asked, or the flags; without either nothing is executed. */
import type { App } from '../app.js';
import { confirmedBy, type Preview, type Proposal } from '../changes/changes.js';
import { OutputError, RefusedError, StatementError } from '../errors.js';
import { printable } from '../io.js';
import { previewLines, tellLines } from './change-preview.js';
import { tellFailure } from './failure.js';

export interface Approved {
  readonly proposal: Proposal;
  /** What was approved is what this shows. */
  readonly seen: Preview;
  readonly by: 'person' | 'flag';
}

/**
 * Previews the change and has it approved. A person may edit it, and is then shown what the edited one would do.
 * Nothing is open on the server while the person thinks.
 *
 * @throws {RefusedError} nobody has approved it; nothing was changed
 */
export async function approve(app: App, proposal: Proposal): Promise<Approved> {
  const { changes, entry } = await app.changes();
  const { yes, confirm } = app.flags;
  // Without anybody to approve it nothing is executed, not even to be rolled back.
  if (!yes && !app.io.canAsk()) throw unapproved(proposal);
  const about = { names: confirmedBy(proposal), database: entry.name };
  if (yes) checkName({ ...about, effect: proposal.effect }, confirm);
  const seen = await changes.preview(proposal);
  const shown = { database: entry.name, values: app.io.talk.terminal };
  if (!yes) return await askOrEdit(app, { proposal, seen }, shown);
  tellLines(app, previewLines(seen, shown), 'detail');
  // What its names come to may take more than its text says.
  checkName({ ...about, effect: seen.effect }, confirm);
  return { proposal, seen, by: 'flag' };
}

async function askOrEdit(
  app: App,
  first: Omit<Approved, 'by'>,
  shown: Parameters<typeof previewLines>[1],
): Promise<Approved> {
  const { changes } = await app.changes();
  let { proposal, seen } = first;
  for (;;) {
    // What is to be decided is shown, --quiet or not.
    tellLines(app, previewLines(seen, shown), 'always');
    const about = { names: confirmedBy(proposal), effect: seen.effect, database: shown.database };
    for (;;) {
      const answer = await ask(app, about, true);
      if (answer === 'yes') return { proposal, seen, by: 'person' };
      if (answer === 'no') throw notApproved(seen.effect);
      const edited = await edit(app, proposal, async (text) => {
        const next = { ...(await changes.propose(text)), settings: proposal.settings };
        return { proposal: next, seen: await changes.preview(next) };
      });
      if (edited === undefined) continue;
      ({ proposal, seen } = edited);
      break;
    }
  }
}

/**
 * Has the person edit the statements until they can be previewed. Undefined where they are as they were.
 *
 * @throws {RefusedError} there is nothing left of them, or the person gives up
 */
async function edit<T>(
  app: App,
  { text, effect }: Proposal,
  preview: (edited: string) => Promise<T>,
): Promise<T | undefined> {
  for (let draft = text; ;) {
    const edited = await fromEditor(app, draft);
    if (edited === undefined) return undefined;
    if (edited.trim() === '') throw notApproved(effect, ': nothing is left of it');
    if (edited.trim() === text.trim()) {
      app.io.talk.line('it is as it was');
      return undefined;
    }
    draft = edited;
    try {
      return await preview(edited);
    } catch (error) {
      if (!(error instanceof StatementError || error instanceof RefusedError)) throw error;
      await tellFailure(error, error.exit, app.io, { ...app.flags, errors: 'text' });
    }
    // What was shown before is not what the person wants any more: there is no yes to it from here.
    const answer = await app.io.ask('edit it again? [y/N] ', app.signal);
    if (!/^\s*(y|yes|e|edit)\s*$/i.test(answer)) throw notApproved(effect);
  }
}

/** Undefined where the editor fails, which is told. */
async function fromEditor(app: App, text: string): Promise<string | undefined> {
  try {
    return await app.io.edit(text.endsWith('\n') ? text : `${text}\n`, app.signal);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    await tellFailure(error, error.exit, app.io, { ...app.flags, errors: 'text' });
    return undefined;
  }
}

export interface About {
  /** What an admin change is about; of the database where it names nothing. */
  readonly names: readonly string[];
  readonly effect: Preview['effect'];
  readonly database: string;
}

/**
 * Asks for a plan, which is carried out as it is or not at all.
 *
 * @throws {RefusedError} the person says no
 */
export async function askFor(app: App, about: About): Promise<void> {
  if ((await ask(app, about, false)) !== 'yes') throw notApproved(about.effect);
}

async function ask(app: App, about: About, editable: boolean): Promise<'yes' | 'no' | 'edit'> {
  const { effect } = about;
  if (effect !== 'admin') {
    const answer = await app.io.ask(`apply this? [y/N${editable ? '/edit' : ''}] `, app.signal);
    if (/^\s*y(es)?\s*$/i.test(answer)) return 'yes';
    return editable && /^\s*e(dit)?\s*$/i.test(answer) ? 'edit' : 'no';
  }
  const wanted = typed(wantedName(about));
  const other = editable ? ', edit to change it,' : ',';
  const question = `type ${wanted} to apply this${other} or anything else to leave it: `;
  const answer = await app.io.ask(question, app.signal);
  if (sameNames(answer, wanted)) return 'yes';
  return editable && answer.trim() === 'edit' ? 'edit' : 'no';
}

function wantedName({ names, database }: Omit<About, 'effect'>): string {
  return names.length === 0 ? database : names.join(',');
}

/** A name that can be typed as it is shown, and is no other answer at the same time. */
function typed(name: string): string {
  const shown = printable(name);
  return /^(n|no|y|yes|e|edit|q|quit)$/i.test(shown) ? `"${shown}"` : shown;
}

/** What is told where there is neither a person nor a flag. */
export function unapproved({ effect, statements }: Proposal): RefusedError {
  const what = statements.length === 1 ? statements[0]!.command : `${statements.length} statements`;
  return nobodyApproves(what, effect);
}

export function nobodyApproves(what: string, effect: Preview['effect']): RefusedError {
  return new RefusedError(`refused: nobody has approved ${what}, and nobody can be asked`, {
    rule: 'approval',
    effect,
    hint: 'approve it with --yes, write it down with --plan, or run it at a terminal',
  });
}

function notApproved(effect: Preview['effect'], why = ''): RefusedError {
  return new RefusedError(`refused: it was not approved${why}`, {
    rule: 'approval',
    effect,
    hint: 'nothing was changed',
  });
}

/**
 * An admin change wants the name of what it is about beside `--yes`.
 *
 * @throws {RefusedError} `--confirm` is not there, or names something else
 */
export function checkName(about: About, confirm: string | undefined): void {
  if (about.effect !== 'admin') return;
  const wanted = wantedName(about);
  if (confirm !== undefined && sameNames(confirm, wanted)) return;
  const given = confirm === undefined ? '' : `, and --confirm says ${confirm}`;
  throw new RefusedError(`refused: an admin change wants its name confirmed${given}`, {
    rule: 'confirmation',
    effect: about.effect,
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
