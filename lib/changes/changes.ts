/** The pipeline that everything goes through which alters something: proposed, previewed, approved, applied, journaled. */
import type { ChangeLimits, WritableDatabase } from '../databases/writable.js';
import { type Effect, RefusedError, UsageError } from '../errors.js';
import { rank } from '../sql/change.js';
import { holdsSecret } from '../sql/mask.js';
import { type Applied, type AppliedStatement, apply } from './apply.js';
import { propose, proposeOwn, type Proposal } from './change.js';
import type { ImageStore } from './images.js';
import { type Entry, findEntry, type Journal } from './journal.js';
import { isSameDatabase, placeOf } from './place.js';
import { newId, type Plan, type PlanStore } from './plans.js';
import { type Preview, preview } from './preview.js';
import { proposeUndo } from './propose-undo.js';
import { type ResolvedState, resolveChange } from './resolve.js';

export type { Applied, AppliedStatement, Entry, Plan, Preview, Proposal };

export interface ChangesOptions {
  readonly database: WritableDatabase;
  readonly grant: Effect;
  readonly journal: Journal;
  readonly plans: PlanStore;
  readonly images: ImageStore;
  readonly limits: ChangeLimits;
  readonly settings: {
    readonly maxAffectedRows: number;
    readonly maxPreviewRows: number;
    readonly sampleRows: number;
    readonly planHours: number;
    readonly undoRows: number;
  };
  /** Who runs it, as the journal is to say. */
  readonly who: string;
  readonly now: () => Date;
  /** How what statements give back is wanted. */
  readonly returning: 'text' | 'json';
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
   * A plan that can be carried out, as far as can be told now.
   *
   * @throws {UsageError} there is no such plan; {@link RefusedError} it was carried out already, is void, beyond the grant,
   * or for another database
   */
  findPlan(id: string): Promise<Plan>;
  /**
   * Carries out a plan, once.
   *
   * @param by `flag` by default: then rows that could not be counted have an upper bound
   * @throws {RefusedError} it is void, beyond the grant, or for another database; {UsageError} there is none
   */
  applyPlan(
    id: string,
    by?: 'person' | 'flag',
  ): Promise<{ readonly plan: Plan; readonly applied: Applied }>;
  /**
   * What the journal says of a change, by its id or the beginning of it.
   *
   * @throws {UsageError} none begins so, or several do
   */
  find(id: string): Promise<Entry>;
  /**
   * What would put a change's rows back.
   *
   * @throws {UsageError} there is no such change; {@link RefusedError} it can't be undone, or rows have changed since
   */
  undo(id: string): Promise<Proposal>;
  /** Changes of this database of which it is not known whether they were applied, by whatever name it was called. */
  unresolved(): Promise<Entry[]>;
  /**
   * Asks the server about a change of which it is not known whether it was applied. Undefined: it can't say.
   *
   * @param said by a person who has looked: it holds where the server can't say
   * @throws {RefusedError} the server says otherwise, or is not done with it
   */
  resolve(entry: Entry, said?: ResolvedState): Promise<ResolvedState | undefined>;
}

export function openChanges(options: ChangesOptions): Changes {
  const { database, grant, journal, plans, images, limits, settings, who, now } = options;
  const { undoRows } = settings;
  const { returning } = options;
  const common = { database, journal, limits, images, who, undoRows, now, returning };

  const findPlan = async (id: string): Promise<Plan> => {
    try {
      const plan = await plans.find(id);
      await checkPlan(plan, options);
      return plan;
    } catch (error) {
      if (error instanceof UsageError) checkNotDone(await journal.changes(), id);
      throw error;
    }
  };

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
        undoRows: settings.undoRows,
      }),
    apply: (proposal, seen, by) =>
      apply(
        {
          ...{ id: newId(), proposal, grant, place: seen.place, counts: countsOf(seen) },
          rows: seen.rows,
          watch: seen.watch,
          maxRows: by === 'flag' ? settings.maxAffectedRows : Infinity,
          fingerprint: seen.fingerprint.digest,
        },
        common,
      ),
    async plan(proposal, seen) {
      checkNoSecrets(proposal);
      return await plans.add({
        ...seen.place,
        createdAt: now().toISOString(),
        expiresAt: new Date(now().getTime() + settings.planHours * 3_600_000).toISOString(),
        effect: seen.effect,
        statements: proposal.statements.map(({ sql }) => sql),
        hash: proposal.hash,
        counts: countsOf(seen).map((count) => count ?? null),
        rows: seen.rows.map((row) => row ?? null),
        confirm: confirmedBy(proposal),
        fingerprint: seen.fingerprint.digest,
        relations: [...seen.fingerprint.relations],
        watch: [...seen.watch],
        ...(proposal.settings === undefined ? {} : { settings: { ...proposal.settings } }),
        ...(proposal.undoes === undefined ? {} : { undoes: proposal.undoes }),
      });
    },
    findPlan,
    async applyPlan(id, by = 'flag') {
      const work = async (plan: Plan) => {
        await checkPlan(plan, options);
        const proposal = await proposePlan(plan, grant);
        const counts = plan.counts.map((count) => count ?? undefined);
        // What nobody could count is bounded as if there were no plan.
        const isCounted = !counts.includes(undefined) || by === 'person';
        const applied = await apply(
          {
            ...{ id: plan.id, proposal, grant, place: plan, fingerprint: plan.fingerprint, counts },
            rows: plan.rows.map((row) => row ?? undefined),
            watch: plan.watch,
            maxRows: isCounted ? Infinity : settings.maxAffectedRows,
          },
          common,
        );
        return { plan, applied };
      };
      await findPlan(id);
      try {
        return await plans.take(id, limits.signal, work);
      } catch (error) {
        // Whoever had it meanwhile has carried it out, and it is no longer there.
        if (error instanceof UsageError) await findPlan(id);
        throw error;
      }
    },
    find: async (id) => findEntry(id, await journal.changes()),
    async undo(id) {
      const entry = await findUndoable(id, options);
      const kept = await images.find(entry.id);
      if (kept === undefined) throw cannotUndo(id, 'what it changed is no longer kept');
      const undoing = await proposeUndo(kept, options);
      if (typeof undoing === 'string') throw cannotUndo(id, undoing);
      return { ...undoing, settings: kept.settings, undoes: entry.id };
    },
    async unresolved() {
      const open = await journal.unresolved();
      if (open.length === 0) return [];
      const here = await placeOf((sql) => database.ask(sql, [], limits.signal), database.name);
      return open.filter(
        ({ place }) => place.database === here.database || isSameDatabase(place, here),
      );
    },
    resolve: (entry, said) => resolveChange(entry, said, options),
  };
}

/** The same statements again, judged anew: a file can say anything. */
async function proposePlan(plan: Plan, grant: Effect): Promise<Proposal> {
  // A comment at a statement's end must not take the semicolon with it.
  const proposal =
    plan.undoes === undefined
      ? await propose(plan.statements.join('\n;\n'), grant)
      : await proposeOwn(plan.statements, grant);
  if (proposal.hash !== plan.hash) {
    throw new RefusedError(
      `refused: the statements of the plan ${plan.id} do not read as they were planned`,
      {
        ...{ rule: 'plan-statements', effect: plan.effect },
        hint: 'make it anew',
      },
    );
  }
  return { ...proposal, settings: plan.settings, undoes: plan.undoes };
}

/** The names that an admin change wants confirmed; none where it is about the database or the server. */
export function confirmedBy({ statements }: Proposal): string[] {
  const admin = statements.filter(({ effect }) => effect === 'admin');
  return [...new Set(admin.flatMap(({ objects }) => objects))];
}

/** @throws {UsageError} {RefusedError} */
async function findUndoable(
  id: string,
  { journal, database, limits }: ChangesOptions,
): Promise<Entry> {
  const entries = await journal.changes();
  const entry = findEntry(id, entries);
  if (entry.state !== 'applied') throw cannotUndo(id, `its state is: ${entry.state}`);
  if (!entry.undo) throw cannotUndo(id, 'its rows were not kept as they were');
  const again = undoneBy(entry.id, entries);
  if (again !== undefined) throw cannotUndo(id, `${again.id} has undone it already`);
  const here = await placeOf((sql) => database.ask(sql, [], limits.signal), database.name);
  if (isSameDatabase(here, entry.place)) return entry;
  throw cannotUndo(
    id,
    `it was made in ${entry.place.datname} of ${entry.place.database}: name that with --db`,
  );
}

/** The change that has undone it, unless that was undone itself. */
function undoneBy(id: string, entries: readonly Entry[]): Entry | undefined {
  return entries.find(
    (one) =>
      one.undoes === id && one.state === 'applied' && undoneBy(one.id, entries) === undefined,
  );
}

function cannotUndo(id: string, why: string): RefusedError {
  return new RefusedError(`refused: the change ${id} can't be undone: ${why}`, {
    rule: 'undo',
    effect: 'write',
    hint: 'pgask journal shows what was done',
  });
}

/** Only what was executed was counted; the planner's guess binds nobody. */
function countsOf({ kind, statements }: Preview): (number | undefined)[] {
  return statements.map(({ rowCount }) => (kind === 'executed' ? rowCount : undefined));
}

/** @throws {RefusedError} a plan is a file, and must hold the statement as it is */
function checkNoSecrets({ statements, effect }: Proposal): void {
  if (!statements.some(({ sql }) => holdsSecret(sql))) return;
  throw new RefusedError('refused: a plan would keep a password in a file', {
    ...{ rule: 'plan-secret', effect },
    hint: 'apply it at once, without --plan',
  });
}

/** @throws {RefusedError} */
function checkNotDone(entries: readonly Entry[], id: string): void {
  const earlier = entries.find((entry) => entry.id === id);
  if (earlier?.state !== 'applied') return;
  throw new RefusedError(`refused: the plan ${id} was carried out already, at ${earlier.at}`, {
    ...{ rule: 'plan-done', effect: 'write' },
    hint: 'see pgask journal',
  });
}

async function checkPlan(
  plan: Plan,
  { database, grant, journal, limits, now }: ChangesOptions,
): Promise<void> {
  const refuse = (rule: string, what: string, hint: string) =>
    new RefusedError(`refused: ${what}`, { rule, effect: plan.effect, hint });
  checkNotDone(await journal.changes(), plan.id);
  if (Date.parse(plan.expiresAt) <= now().getTime())
    throw refuse(
      'plan-expired',
      `the plan ${plan.id} was void after ${plan.expiresAt}`,
      'make it anew',
    );
  if (rank(plan.effect) > rank(grant))
    throw refuse('grant', `the plan takes a grant of ${plan.effect}`, `add --allow ${plan.effect}`);
  const here = await placeOf((sql) => database.ask(sql, [], limits.signal), database.name);
  if (isSameDatabase(here, plan)) return;
  throw refuse(
    'plan-database',
    `the plan is for another database: ${plan.datname} of ${plan.database}`,
    `name it: --db ${plan.database}`,
  );
}
