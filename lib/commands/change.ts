/** A change on its way: previewed, approved by a person or by flags, applied or written down as a plan. */
import type { App } from '../app.js';
import { type Applied, confirmedBy, type Plan, type Proposal } from '../changes/changes.js';
import { type ExitCode, RefusedError } from '../errors.js';
import { askFor, checkName, unapproved } from './approval.js';
import { previewLines } from './change-preview.js';
import { planLines, tellApplied, tellPlan } from './change-result.js';

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
  return await tell(app, await carryOut(app, await changes.undo(id)));
}

export type CarriedOut =
  | { readonly type: 'applied'; readonly applied: Applied }
  | { readonly type: 'planned'; readonly plan: Plan };

/**
 * Whoever proposes it, a person or a model: the one way on which a change is approved and applied.
 *
 * @throws {RefusedError} nobody has approved it, or it is not as it was approved; then nothing was changed
 */
export async function carryOut(app: App, proposal: Proposal): Promise<CarriedOut> {
  const { changes, entry } = await app.changes();
  const { yes, plan } = app.flags;
  // Without anybody to approve it nothing is executed, not even to be rolled back.
  if (!yes && !plan && !app.io.canAsk()) throw unapproved(proposal);
  const seen = await changes.preview(proposal);
  const values = app.io.talk.terminal;
  const told = previewLines(seen, { database: entry.name, values });
  if (plan) {
    const written = await changes.plan(proposal, seen);
    for (const line of told) app.say(line);
    return { type: 'planned', plan: written };
  }
  if (yes) {
    for (const line of told) app.detail(line);
    checkName(confirmedBy(proposal), seen.effect, app.flags.confirm, entry.name);
  } else {
    // What is to be decided is shown, --quiet or not.
    for (const line of told) app.io.talk.line(line);
    await askFor(app, confirmedBy(proposal), seen.effect, entry.name);
  }
  return {
    type: 'applied',
    applied: await changes.apply(proposal, seen, yes ? 'flag' : 'person'),
  };
}

async function tell(app: App, done: CarriedOut): Promise<ExitCode> {
  return done.type === 'planned'
    ? await tellPlan(app, done.plan)
    : await tellApplied(app, [done.applied]);
}

/** Carries out a plan that was approved by being made, and is now by `--yes` or a person. */
export async function runPlan(app: App, id: string): Promise<ExitCode> {
  const { changes, entry } = await app.changes();
  const plan = await changes.plans.find(id);
  if (!app.flags.yes && !app.io.canAsk()) {
    throw new RefusedError('refused: nobody has approved the plan', {
      rule: 'approval',
      effect: plan.effect,
      hint: 'add --yes, or run it at a terminal',
    });
  }
  if (app.flags.yes) checkName(plan.confirm, plan.effect, app.flags.confirm, entry.name);
  else {
    for (const line of planLines(plan)) app.io.talk.line(line);
    await askFor(app, plan.confirm, plan.effect, entry.name);
  }
  const { applied } = await changes.applyPlan(id);
  return await tellApplied(app, [applied]);
}

/** What `--allow` lets through of a text that is no read. */
export async function isChange(app: App, text: string): Promise<boolean> {
  const { database, entry } = await app.database();
  const { timeoutMs } = entry.limits;
  const judgement = await database.check({ sql: text }, { signal: app.signal, timeoutMs });
  return judgement.verdict === 'refuse' && judgement.effect !== 'read';
}
