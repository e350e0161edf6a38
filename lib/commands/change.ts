/** A change on its way: previewed, approved by a person or by flags, applied or written down as a plan. */
import type { App } from '../app.js';
import type { Applied, Entry, Plan, Preview, Proposal } from '../changes/changes.js';
import { ChangeFailedError, type ExitCode, RefusedError, StatementError } from '../errors.js';
import { approve, askFor, checkName, nobodyApproves } from './approval.js';
import { planPreview, previewLines, tellLines } from './change-preview.js';
import { tellApplied, tellPlans } from './change-result.js';

/**
 * @throws {RefusedError} the grant does not reach it, or nobody has approved it; then nothing was changed
 */
export async function runChange(app: App, text: string): Promise<ExitCode> {
  const { changes } = await app.changes();
  return await tell(app, await carryOut(app, await changes.propose(text)));
}

/** The same for what puts an earlier change back. */
export async function runUndo(app: App, id: string): Promise<ExitCode> {
  const { changes } = await app.changes();
  // Its statements are found by trying them: not even that is done where nobody can approve them.
  if (!app.flags.plan) checkApprover(app, await changes.find(id));
  return await tell(app, await carryOut(app, await changes.undo(id)));
}

/** @throws {RefusedError} there is neither a person to ask nor a flag */
function checkApprover(app: App, { id }: Entry): void {
  if (app.flags.yes || app.io.canAsk()) return;
  throw nobodyApproves(`the undo of ${id}`, 'write');
}

/** What became of it, and what was shown of it beforehand. */
export type CarriedOut =
  | { readonly type: 'applied'; readonly applied: Applied; readonly seen: Preview }
  | { readonly type: 'planned'; readonly plan: Plan; readonly seen: Preview };

/**
 * Whoever proposes it, a person or a model: the one way on which a change is approved and applied.
 *
 * @throws {RefusedError} nobody has approved it, or it is not as it was approved; then nothing was changed
 */
export async function carryOut(app: App, proposal: Proposal): Promise<CarriedOut> {
  const { changes, entry } = await app.changes();
  if (app.flags.plan) {
    const seen = await changes.preview(proposal);
    const written = await changes.plan(proposal, seen);
    const shown = { database: entry.name, values: app.io.talk.terminal };
    tellLines(app, previewLines(seen, shown), 'said');
    return { type: 'planned', plan: written, seen };
  }
  const approved = await approve(app, proposal);
  const { seen } = approved;
  if (app.flags.showSql) app.io.talk.statement(approved.proposal.text);
  try {
    const applied = await changes.apply(approved.proposal, seen, approved.by);
    return { type: 'applied', applied, seen };
  } catch (error) {
    throw asFinal(error);
  }
}

/** What was approved and then failed is nobody's to try again unasked. */
function asFinal(error: unknown): unknown {
  if (!(error instanceof StatementError)) return error;
  const { message, hint, sqlstate, sql, position } = error;
  return new ChangeFailedError(message, { cause: error, hint, sqlstate, sql, position });
}

async function tell(app: App, done: CarriedOut): Promise<ExitCode> {
  return done.type === 'planned'
    ? await tellPlans(app, [done.plan])
    : await tellApplied(app, [done.applied]);
}

/** Carries out a plan that was approved by being made, and is now by `--yes` or a person. */
export async function runPlan(app: App, id: string): Promise<ExitCode> {
  const { changes, entry } = await app.changes();
  const plan = await changes.findPlan(id);
  if (!app.flags.yes && !app.io.canAsk()) {
    throw new RefusedError('refused: nobody has approved the plan', {
      rule: 'approval',
      effect: plan.effect,
      hint: 'add --yes, or run it at a terminal',
    });
  }
  const about = { names: plan.confirm, effect: plan.effect, database: entry.name };
  if (app.flags.yes) checkName(about, app.flags.confirm);
  else {
    tellLines(app, planPreview(plan), 'always');
    await askFor(app, about);
  }
  const { applied } = await changes.applyPlan(id, app.flags.yes ? 'flag' : 'person');
  return await tellApplied(app, [applied]);
}

/** What `--allow` lets through of a text that is no read. */
export async function isChange(app: App, text: string): Promise<boolean> {
  const { database, entry } = await app.database();
  const { timeoutMs } = entry.limits;
  const judgement = await database.check({ sql: text }, { signal: app.signal, timeoutMs });
  return judgement.verdict === 'refuse' && judgement.effect !== 'read';
}
