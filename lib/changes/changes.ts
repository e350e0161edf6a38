/** The pipeline that everything goes through which alters something: proposed, previewed, approved, applied, journaled. */
import type { ChangeLimits, WritableDatabase } from '../databases/writable.js';
import { type Effect, RefusedError } from '../errors.js';
import { rank } from '../sql/change.js';
import { type Applied, apply, askForStatus, placeOf } from './apply.js';
import { propose, type Proposal } from './change.js';
import type { Entry, Journal } from './journal.js';
import { newId, type Plan, type PlanStore } from './plans.js';
import { type Preview, preview } from './preview.js';

export type { Applied, Entry, Plan, Preview, Proposal };

export interface ChangesOptions {
  readonly database: WritableDatabase;
  readonly grant: Effect;
  readonly journal: Journal;
  readonly plans: PlanStore;
  readonly limits: ChangeLimits;
  readonly settings: {
    readonly maxAffectedRows: number;
    readonly maxPreviewRows: number;
    readonly sampleRows: number;
    readonly planHours: number;
  };
  /** Who runs it, as the journal is to say. */
  readonly who: string;
  readonly now: () => Date;
}

export interface Changes {
  readonly grant: Effect;
  readonly journal: Journal;
  readonly plans: PlanStore;
  /** @throws {RefusedError} {StatementError} */
  propose(text: string): Promise<Proposal>;
  /** @throws {RefusedError} {StatementError} */
  preview(proposal: Proposal): Promise<Preview>;
  /**
   * Carries out what was previewed and approved.
   *
   * @param by whether a person has looked at it: what `--yes` approves has an upper bound
   * @throws {RefusedError} {StatementError} {OutcomeUnknownError}
   */
  apply(proposal: Proposal, seen: Preview, by: 'person' | 'flag'): Promise<Applied>;
  /** Writes down what was previewed. */
  plan(proposal: Proposal, seen: Preview): Promise<Plan>;
  /**
   * Carries out a plan, once.
   *
   * @throws {RefusedError} it is void, beyond the grant, or for another database; {UsageError} there is none
   */
  applyPlan(id: string): Promise<{ readonly plan: Plan; readonly applied: Applied }>;
  /** Asks the server about a change of which it is not known whether it was applied. Undefined: it can't say. */
  resolve(entry: Entry): Promise<'applied' | 'not applied' | undefined>;
}

export function openChanges(options: ChangesOptions): Changes {
  const { database, grant, journal, plans, limits, settings, who, now } = options;
  const common = { database, journal, limits, who, undoRows: 0, now };

  return {
    grant,
    journal,
    plans,
    propose: (text) => propose(text, grant),
    preview: (proposal) =>
      preview(database, proposal, limits, {
        grant,
        sampleRows: settings.sampleRows,
        maxRows: settings.maxPreviewRows,
      }),
    apply: (proposal, seen, by) =>
      apply(
        {
          ...{ id: newId(), proposal, grant, role: seen.role, counts: countsOf(seen) },
          maxRows: by === 'flag' ? settings.maxAffectedRows : Infinity,
          fingerprint: seen.fingerprint.digest,
        },
        common,
      ),
    async plan(proposal, seen) {
      const place = await placeOf((sql) => database.ask(sql, [], limits.signal), database.name);
      return await plans.add({
        ...place,
        createdAt: now().toISOString(),
        expiresAt: new Date(now().getTime() + settings.planHours * 3_600_000).toISOString(),
        role: seen.role,
        effect: seen.effect,
        statements: proposal.statements.map(({ sql }) => sql),
        hash: proposal.hash,
        counts: countsOf(seen).map((count) => count ?? null),
        fingerprint: seen.fingerprint.digest,
        relations: [...seen.fingerprint.relations],
      });
    },
    applyPlan: (id) =>
      plans.take(id, limits.signal, async (plan) => {
        await checkPlan(plan, options);
        const proposal = await propose(plan.statements.join(';\n'), grant);
        const applied = await apply(
          {
            ...{ id: plan.id, proposal, grant, role: plan.role, fingerprint: plan.fingerprint },
            counts: plan.counts.map((count) => count ?? undefined),
            maxRows: Infinity,
          },
          common,
        );
        return { plan, applied };
      }),
    async resolve(entry) {
      const status = await askForStatus(database, entry, limits.signal);
      if (status === undefined) return undefined;
      const state = status === 'committed' ? 'applied' : 'not applied';
      const outcome = 'found out by plans resolve';
      await journal.add({ ...entry, at: now().toISOString(), state, outcome });
      return state;
    },
  };
}

/** Only what was executed was counted; the planner's guess binds nobody. */
function countsOf({ kind, statements }: Preview): (number | undefined)[] {
  return statements.map(({ rowCount }) => (kind === 'executed' ? rowCount : undefined));
}

async function checkPlan(
  plan: Plan,
  { database, grant, journal, limits, now }: ChangesOptions,
): Promise<void> {
  const refuse = (rule: string, what: string, hint: string) =>
    new RefusedError(`refused: ${what}`, { rule, effect: plan.effect, hint });
  const earlier = (await journal.changes()).find(({ id }) => id === plan.id);
  if (earlier?.state === 'applied')
    throw refuse('plan-done', `the plan ${plan.id} was carried out already`, 'see pgask journal');
  if (Date.parse(plan.expiresAt) <= now().getTime())
    throw refuse(
      'plan-expired',
      `the plan ${plan.id} was void after ${plan.expiresAt}`,
      'make it anew',
    );
  if (rank(plan.effect) > rank(grant))
    throw refuse('grant', `the plan takes a grant of ${plan.effect}`, `add --allow ${plan.effect}`);
  const here = await placeOf((sql) => database.ask(sql, [], limits.signal), database.name);
  if (here.datname === plan.datname && here.system === plan.system) return;
  throw refuse(
    'plan-database',
    `the plan is for another database: ${plan.datname} of ${plan.database}`,
    `name it: --db ${plan.database}`,
  );
}
