/**
 * Changes that were previewed and written down: a file each, that its owner alone can read. A plan is carried out once:
 * whoever takes it first removes it from the others' reach.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v3';
import { EFFECTS, FileError, nearest, UsageError } from '../errors.js';
import { makeDirectory, readBytes, withLock, writeFileAtomic } from '../files.js';
import { hashOf } from './change.js';

const plan = z
  .object({
    version: z.literal(1),
    id: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    /** As the configuration names it. */
    database: z.string(),
    datname: z.string(),
    system: z.string().nullable(),
    role: z.string(),
    timeline: z.string().nullable().optional(),
    effect: z.enum(EFFECTS),
    statements: z.array(z.string()),
    hash: z.string(),
    /** SHA-256 of all the rest. */
    seal: z.string(),
    /** Rows of each statement; null where nobody could know. */
    counts: z.array(z.number().nullable()),
    /** What stands for the rows that each statement changes; null where nobody could know. */
    rows: z.array(z.string().nullable()),
    /** What an admin change is about, as its confirmation names it. */
    confirm: z.array(z.string()),
    fingerprint: z.string(),
    relations: z.array(z.string()),
    watch: z.array(z.string()).default([]),
    settings: z.record(z.string()).optional(),
    /** The change that it puts back. */
    undoes: z.string().optional(),
  })
  .strict();

export type Plan = z.output<typeof plan>;

export interface PlanStore {
  /** @throws {FileError} */
  add(plan: Omit<Plan, 'version' | 'id' | 'seal'>): Promise<Plan>;
  /** Latest first, expired ones included. */
  list(): Promise<Plan[]>;
  /** @throws {UsageError} there is no such plan; {@link FileError} it was tampered with */
  find(id: string): Promise<Plan>;
  /**
   * Runs `work` with the plan, which nobody else can take meanwhile, and which is gone once `work` has resolved.
   *
   * @throws {UsageError} there is no such plan (any more)
   */
  take<T>(id: string, signal: AbortSignal, work: (plan: Plan) => Promise<T>): Promise<T>;
  /** @throws {UsageError} there is no such plan */
  drop(id: string): Promise<void>;
}

/** Milliseconds to wait for another invocation that has the plan. */
const LOCK_MS = 60_000;

export function newId(): string {
  return randomBytes(4).toString('hex');
}

export function openPlans(directory: string): PlanStore {
  const pathOf = (id: string) => join(directory, `${id}.json`);

  async function ids(): Promise<string[]> {
    const names = await readdir(directory).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new FileError(`${directory} can't be read: ${(error as Error).message}`, {
        cause: error,
      });
    });
    return names.filter((name) => /^[0-9a-f]+\.json$/.test(name)).map((name) => name.slice(0, -5));
  }

  async function find(id: string): Promise<Plan> {
    const bytes = /^[0-9a-f]+$/.test(id) ? await readBytes(pathOf(id)) : undefined;
    if (bytes !== undefined) return parse(bytes, pathOf(id));
    const known = await ids();
    const begun = known.filter((one) => one.startsWith(id));
    if (begun.length === 1 && id !== '') return await find(begun[0]!);
    const near = nearest(id, known);
    throw new UsageError(`there is no plan ${id}`, {
      hint:
        near !== undefined
          ? `did you mean ${near}?`
          : known.length === 0
            ? 'there are none: it was carried out, dropped, or never made'
            : 'see pgask plans list',
    });
  }

  return {
    find,
    async add(given) {
      const whole = { ...given, version: 1, id: newId() } as const;
      const made: Plan = { ...whole, seal: sealOf(whole) };
      await makeDirectory(directory);
      await writeFileAtomic(pathOf(made.id), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
      return made;
    },
    async list() {
      const found: Plan[] = [];
      for (const id of await ids()) {
        // One that was carried out meanwhile is no longer there to be listed.
        const bytes = await readBytes(pathOf(id));
        if (bytes !== undefined) found.push(parse(bytes, pathOf(id)));
      }
      return found.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    },
    async take(id, signal, work) {
      const path = pathOf((await find(id)).id);
      return await withLock(`${path}.lock`, { timeoutMs: LOCK_MS, signal }, async () => {
        const value = await work(await find(id));
        await rm(path, { force: true });
        return value;
      });
    },
    async drop(id) {
      await rm(pathOf((await find(id)).id), { force: true });
    },
  };
}

/** Whatever order its members come in. */
function sealOf(whole: Omit<Plan, 'seal'>): string {
  const members = Object.entries(whole).filter(([, value]) => value !== undefined);
  return hashOf(members.map((member) => JSON.stringify(member)).sort());
}

/** @throws {FileError} it is not the one that was written */
function parse(bytes: Uint8Array, path: string): Plan {
  const damaged = (cause?: unknown) =>
    new FileError(`the plan ${path} is not the one that was written`, {
      ...{ cause, hint: 'drop it, and make it anew' },
    });
  let read: Plan;
  try {
    read = plan.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw damaged(error);
  }
  const { seal, ...whole } = read;
  if (seal === sealOf(whole) && whole.hash === hashOf(whole.statements)) return read;
  throw damaged();
}
