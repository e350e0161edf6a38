/** The table whose rows a request asks for. */
import type { FieldMention, TableMention, Target } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';

/** The table whose rows are asked for: the subject's, or that of the first column where no thing is named. */
export function subjectTable({ chooser }: Context, { subject, targets, filters }: Parts): Table {
  if (subject?.table !== undefined) return tableOf(chooser, subject.table);
  const [first] = targets.filter((target) => target.type === 'field');
  const field = first ?? fieldTarget(targets);
  if (field === undefined) throw new Misfit('it is not clear what is asked for', { weight: 1 });
  const denied = filters.some((mod) => 'not' in mod && mod.not);
  const options = denied
    ? field.field.options.filter((one) => !isReference(one.field))
    : field.field.options;
  const misfit = () => new Misfit('it is not clear what this is denied of', { weight: 3 });
  return chooser.pick(field.field, options, misfit).field.table;
}

/** `event ids without guests`: those are of events, and not of the rows that refer to events. */
function isReference({ table, ...field }: Field): boolean {
  return table.steps.some(
    ({ forward, to, on }) =>
      forward && to !== table && on.some(([own]) => own.column === field.column),
  );
}

/**
 * The table that a mention names by itself. A role ("manager", "origin") names a row's place beside another one,
 * and stands for no rows of its own.
 */
export function tableOf(chooser: Context['chooser'], mention: TableMention): Table {
  const options = mention.options.filter(({ via }) => via === undefined);
  const misfit = () => new Misfit(`it is not clear whose ${mention.text} is meant`, { weight: 4 });
  return chooser.pick(mention, options, misfit).table;
}

function fieldTarget(targets: readonly Target[]): { field: FieldMention } | undefined {
  for (const target of targets) {
    if (target.type === 'measure' && target.measure.type === 'field') return target.measure;
  }
  return undefined;
}
