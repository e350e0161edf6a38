/** What one judgement knows of the catalog, filled as it goes: each thing is asked for once. */
import type { Row } from '../database.js';
import { SLEEPING } from '../../sql/built-ins.js';
import type { Connection } from '../driver.js';
import type { SearchPath } from './path.js';
import { type Allowed, type Objection, objection } from './functions.js';
import { type Ask, FIRST_USER_OID } from './lookups/ask.js';
import { type FunctionFacts, functionsByOid } from './lookups/functions.js';
import { type OperatorFacts, operatorsByOid } from './lookups/operators.js';
import { type RelationFacts, relationsByOid } from './lookups/relations.js';
import { type TypeFacts, typesByOid } from './lookups/types.js';

export interface World {
  readonly allowed: Allowed;
  readonly functions: ReadonlyMap<number, FunctionFacts>;
  readonly relations: ReadonlyMap<number, RelationFacts>;
  readonly types: ReadonlyMap<number, TypeFacts>;
  readonly operators: ReadonlyMap<number, OperatorFacts>;
  learn(facts: Facts): Promise<void>;
  /** Asks the catalog; the search_path is pg_catalog meanwhile. */
  ask<T>(work: (ask: Ask) => Promise<T>): Promise<T>;
  /** Asks with the session's own search_path: names must be qualified, except those that are asked about. */
  askOwn(sql: string): Promise<Row[]>;
  /** Why a function may not be called. Its facts, and those of an aggregate's parts, must be learned. */
  objectionTo(oid: number): Objection | undefined;
  /** The same for an operator, by the function behind it. */
  objectionToOperator(oid: number): Objection | undefined;
  /** Place of a schema on the search path; -1 where names in it must be qualified. */
  placeOf(schema: string): number;
}

export interface Facts {
  readonly functions?: readonly (number | FunctionFacts)[];
  readonly operators?: readonly (number | OperatorFacts)[];
  readonly relations?: readonly (number | RelationFacts)[];
  readonly types?: readonly (number | TypeFacts)[];
}

export function openWorld(
  connection: Connection,
  { path, catalog }: { readonly path: SearchPath; readonly catalog: Ask },
  {
    allowed,
    searchPath,
  }: {
    readonly allowed: Allowed;
    /** Schemas in which unqualified names are looked up, in order; `pg_catalog` is always among them. */
    readonly searchPath: readonly string[];
  },
): World {
  const functions = new Map<number, FunctionFacts>();
  const operators = new Map<number, OperatorFacts>();
  const relations = new Map<number, RelationFacts>();
  const types = new Map<number, TypeFacts>();

  const ask: World['ask'] = (work) => work(catalog);

  async function learn(facts: Facts): Promise<void> {
    const wanted = {
      functions: unknownOf(facts.functions, functions),
      operators: unknownOf(facts.operators, operators),
      relations: unknownOf(facts.relations, relations),
      types: unknownOf(facts.types, types),
    };
    if (Object.values(wanted).some((oids) => oids.length > 0)) {
      await ask(async (query) => {
        const answers = await Promise.all([
          functionsByOid(query, wanted.functions),
          operatorsByOid(query, wanted.operators),
          relationsByOid(query, wanted.relations),
          typesByOid(query, wanted.types),
        ]);
        keep(answers[0], functions);
        keep(answers[1], operators);
        keep(answers[2], relations);
        keep(answers[3], types);
      });
    }
    await learnParts();
  }

  /** Operators are judged by their function, aggregates by the functions that they are made of. */
  async function learnParts(): Promise<void> {
    const parts = [
      ...[...operators.values()].map(({ code }) => code),
      ...[...functions.values()].flatMap(({ support }) => support),
    ].filter((oid) => oid !== 0 && !functions.has(oid));
    if (parts.length === 0) return;
    keep(await ask((query) => functionsByOid(query, [...new Set(parts)])), functions);
  }

  return {
    allowed,
    functions,
    operators,
    relations,
    types,
    learn,
    ask,
    askOwn(sql) {
      path.toOwn();
      return connection.query(sql);
    },
    objectionToOperator(oid) {
      const code = operators.get(oid)?.code ?? 0;
      const name = functions.get(code)?.name ?? '';
      return SLEEPING.has(name) && code < FIRST_USER_OID
        ? { oid, reason: `it calls ${name}`, hint: 'leave it out', effect: 'read' }
        : this.objectionTo(code);
    },
    objectionTo(oid) {
      const facts = functions.get(oid);
      if (facts === undefined) {
        return {
          oid,
          reason: 'a function has just been dropped',
          hint: 'run it again',
          effect: 'read',
        };
      }
      const found = objection(facts, allowed, (part) => functions.get(part));
      return found !== undefined && allowed.waives?.(found, facts) === true ? undefined : found;
    },
    placeOf: (schema) => searchPath.indexOf(schema),
  };
}

/** Facts that came with the call are kept; the OIDs that are left have to be asked for. */
function unknownOf<T extends { readonly oid: number }>(
  items: readonly (number | T)[] | undefined,
  known: Map<number, T>,
): number[] {
  const oids = new Set<number>();
  for (const item of items ?? []) {
    if (typeof item === 'object') known.set(item.oid, item);
    else if (item !== 0 && !known.has(item)) oids.add(item);
  }
  return [...oids].filter((oid) => !known.has(oid));
}

function keep<T extends { readonly oid: number }>(
  items: readonly T[],
  known: Map<number, T>,
): void {
  for (const item of items) known.set(item.oid, item);
}
