/** What a follow-up adds to what is shown: `and their emails`, `with the author`, `the average as well`. */
import { nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, FieldMention, Measure, Noun, TableMention, Target } from '../phrase.js';
import { find, subjectOf } from './tree.js';

export function hasMeasure({ targets }: Ask): boolean {
  return targets.some(({ type }) => type === 'measure');
}

export function added(ask: Ask, given: readonly Target[], replaces: boolean): Ask | undefined {
  const targets = given.map((target) => byName(asColumn(target, ask), ask));
  if (targets.some(({ type }) => type === 'things') && !goesBeside(ask, targets, replaces))
    return undefined;
  const measures = targets.every(({ type }) => type === 'measure');
  if (hasMeasure(ask) && !measures) return undefined;
  // A column that is shown beside a measure is no measure of its own.
  if (hasMeasure(ask) && targets.some(isBareColumn)) return undefined;
  if (!hasMeasure(ask)) return { ...ask, targets: [...ask.targets, ...targets.map(besideRows)] };
  // What is computed beside a count is computed of the same rows.
  const base = saidOfAll(ask);
  const own = targets.map((target) => ofSubject(target, subjectOf(base)));
  return { ...base, targets: [...base.targets, ...own] };
}

/** A column that is added shows what there is of each thing, and leaves none of them out. */
function besideRows(target: Target): Target {
  return target.type === 'measure' ? target : { ...target, added: true };
}

/** `and which countries are they from`: columns that are asked for of what was listed are told beside what was. */
export function askedBeside(
  before: Ask,
  asked: Ask,
  refers: (mention: TableMention | undefined) => unknown,
): Ask | undefined {
  if (hasMeasure(before) || find(before, 'group') !== undefined) return undefined;
  const saysMore = asked.mods.some(
    (mod) =>
      mod.type !== 'related' || mod.not || mod.noun.mods.length > 0 || !refers(mod.noun.table),
  );
  if (saysMore) return undefined;
  const columns = asked.targets.flatMap((target): Target[] => {
    const noun = nounOfTarget(target);
    const theirs = noun === undefined || (noun.mods.length === 0 && refers(noun.table));
    if (!theirs) return [];
    if (target.type === 'field') return [{ type: 'field', field: target.field }];
    if (target.type !== 'measure' || target.measure.type !== 'dimension') return [];
    const { noun: _, ...measure } = target.measure;
    return [{ type: 'measure', measure }];
  });
  if (columns.length === 0 || columns.length < asked.targets.length) return undefined;
  return { ...before, targets: [...before.targets, ...columns.map(besideRows)] };
}

/** `and the total points` beside what is listed: of each thing what its column says. */
function asColumn(target: Target, ask: Ask): Target {
  if (hasMeasure(ask) || target.type !== 'measure' || target.measure.type !== 'field')
    return target;
  const { field, noun } = target.measure;
  return { type: 'field', field, ...(noun === undefined ? {} : { noun }) };
}

/** `the author's name`, where names are in two columns: the author is told, by both. */
function byName(target: Target, ask: Ask): Target {
  if (target.type !== 'field' || !/\bnames?$/i.test(target.field.text)) return target;
  const { text, options } = target.field;
  const named = target.noun?.table?.options.map(({ table }) => table);
  const own = options.filter(
    ({ field, cost }) => cost <= 0.5 && (named === undefined || named.includes(field.table)),
  );
  const [first] = own;
  if (first === undefined || (target.noun?.mods.length ?? 0) > 0) return target;
  const { table } = first.field;
  const both =
    table.naming.length > 1 &&
    table.naming.every((field) => own.some((option) => option.field === field)) &&
    own.every(({ field }) => field.table === table);
  const isSubject = subjectOf(ask)?.table?.options.some((option) => option.table === table);
  if (!both || isSubject === true) return target;
  const noun: Noun = { table: { text, options: [{ table, cost: 0 }] }, mods: [] };
  return { type: 'things', noun, everything: false };
}

/** Whether a thing can be told beside what is shown: `and its author` only where there is one for each row. */
function goesBeside(ask: Ask, targets: readonly Target[], one: boolean): boolean {
  const subject = subjectOf(ask);
  if (subject === undefined || hasMeasure(ask) || find(ask, 'group') !== undefined) return false;
  return targets.every((target) => {
    if (target.type !== 'things') return true;
    const tables = new Set(target.noun.table?.options.map(({ table }) => table));
    const own = subject.table?.options ?? [];
    if (own.some(({ table, cost }) => cost <= 0.1 && tables.has(table))) return false;
    return (
      !one || own.some(({ table }) => table.steps.some(({ toOne, to }) => toOne && tables.has(to)))
    );
  });
}

/** What is said of the thing that is computed, said of the request as a whole: it holds for all that is computed. */
function saidOfAll(ask: Ask): Ask {
  const [target, ...more] = ask.targets;
  const noun = target === undefined ? undefined : nounOfTarget(target);
  if (target === undefined || noun?.table === undefined || ask.subject !== undefined) return ask;
  if (more.some((other) => nounOfTarget(other) !== undefined)) return ask;
  const bare = withNoun(target, { ...noun, mods: [] });
  return { ...ask, targets: [bare, ...more], mods: [...noun.mods, ...ask.mods] };
}

/** A column of the thing that is spoken of, said without it. */
function ofSubject(target: Target, subject: Noun | undefined): Target {
  if (subject === undefined || target.type !== 'measure' || nounOfTarget(target) !== undefined)
    return target;
  const field = columnOf(target.measure);
  const tables = new Set(subject.table?.options.map(({ table }) => table));
  const own = field?.options.some(({ field: { table }, cost }) => cost <= 0.5 && tables.has(table));
  return own === true ? withNoun(target, subject) : target;
}

function columnOf(measure: Measure): FieldMention | undefined {
  if (measure.type === 'aggregate') return columnOf(measure.of);
  return measure.type === 'field' ? measure.field : undefined;
}

function isBareColumn(target: Target): boolean {
  return target.type === 'measure' && target.measure.type === 'field';
}
