/** Changes that a model proposes in a turn: one at a time, none of them twice, through the same approval as by hand. */
import type { App } from '../app.js';
import type { Applied, Plan, Preview, Proposal } from '../changes/changes.js';
import { ToolInputError } from '../errors.js';
import type { ChangeMade, ToolContext } from '../tools/tool.js';
import type { Delivery } from './delivery.js';

export interface ModelChanges {
  /** In the order in which they were applied. */
  readonly applied: readonly Applied[];
  /** In the order in which they were written down. */
  readonly plans: readonly Plan[];
  readonly change: NonNullable<ToolContext['change']>;
}

export interface ModelChangesOptions {
  /** Where the person wants statements alone. */
  readonly show: ((sql: string) => Promise<Delivery>) | undefined;
  /** Told when a change begins: what is asked has the terminal to itself. */
  readonly begin: () => void;
  /** Told the milliseconds that a change took, a person's time to decide included. */
  readonly spent: (ms: number) => void;
}

export function openModelChanges(app: App, options: ModelChangesOptions): ModelChanges {
  const applied: Applied[] = [];
  const plans: Plan[] = [];
  /** By each of their statements, written however. */
  const made = new Map<string, Made>();
  let queue: Promise<unknown> = Promise.resolve();
  /** After a "no", or whatever else ended the run, nothing is so much as looked at. */
  let ended: { readonly error: unknown } | undefined;

  async function once(sql: string): Promise<ChangeMade> {
    const { changes } = await app.changes();
    const proposal = await changes.propose(sql);
    if (options.show !== undefined)
      return { type: 'shown', delivered: await options.show(proposal.text) };
    const before = proposal.statements.map((one) => made.get(keyOf(one)));
    const same = before[0];
    if (same !== undefined && before.every((one) => one === same)) return { ...same, again: true };
    const known = before.findIndex((one) => one !== undefined);
    if (known !== -1) throw partlyMade(proposal, known, before[known]!);
    options.begin();
    const began = performance.now();
    try {
      const { carryOut } = await import('./change.js');
      const done = await carryOut(app, proposal);
      if (done.type === 'applied') applied.push(done.applied);
      else plans.push(done.plan);
      const told = madeOf(proposal, done);
      const statements = [...proposal.statements, ...(await editedBy(told))];
      for (const statement of statements) made.set(keyOf(statement), told);
      return told;
    } finally {
      options.spent(performance.now() - began);
    }
  }

  return {
    applied,
    plans,
    change(sql) {
      const done = queue.then(async () => {
        if (ended !== undefined) throw ended.error;
        return await once(sql).catch((error: unknown) => {
          if (!isMendable(error)) ended = { error };
          throw error;
        });
      });
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

/** What a person made of a proposal is not to be done again either. */
async function editedBy({ edited }: Made): Promise<Proposal['statements']> {
  if (edited === undefined) return [];
  const { readChange } = await import('../sql/change.js');
  return await readChange(edited);
}

function partlyMade({ statements }: Proposal, index: number, { type, id }: Made): ToolInputError {
  const done = type === 'applied' ? `applied already as change ${id}` : `in plan ${id} already`;
  return new ToolInputError(
    `nothing was done: statement ${index + 1} (${statements[index]!.command}) is ${done} in this run`,
    { hint: 'leave out what is done' },
  );
}

type Made = Exclude<ChangeMade, { type: 'shown' }>;

function isMendable(error: unknown): boolean {
  return error instanceof Error && 'recoverable' in error && error.recoverable === true;
}

type CarriedOut = Awaited<ReturnType<typeof import('./change.js').carryOut>>;

function madeOf({ statements }: Proposal, done: CarriedOut): Made {
  const elsewhere = (done.seen.elsewhere ?? []).map(({ table, inserted, updated, deleted }) => ({
    ...{ table, inserted, updated, deleted },
  }));
  if (done.type === 'planned') {
    return {
      ...{ type: 'planned', id: done.plan.id, again: false, edited: undefined, elsewhere },
      statements: countsOf(done.seen),
    };
  }
  const { id, statements: run } = done.applied;
  const asProposed = run.every(({ sql }, i) => sql === statements[i]?.sql);
  return {
    ...{ type: 'applied', id, again: false, elsewhere },
    edited:
      asProposed && run.length === statements.length
        ? undefined
        : run.map(({ sql }) => sql).join('; '),
    statements: run.map(({ command, rowCount, returned }) => ({ command, rowCount, returned })),
  };
}

function countsOf({ statements }: Preview): Made['statements'] {
  return statements.map(({ command, rowCount }) => ({ command, rowCount }));
}

/** A statement's tree without its places: white space, comments and the case of keywords make no other change of one. */
function keyOf({ parsed: { tag, fields } }: Proposal['statements'][number]): string {
  return JSON.stringify([tag, fields], (name, value: unknown) =>
    typeof value === 'number' && /(location|_start|_end|_len)$/.test(name) ? undefined : value,
  );
}
