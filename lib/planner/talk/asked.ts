/** What a follow-up asks for, where it says so with `which`, `who`, `one`. */
import { isNamed } from '../antecedent.js';
import type { Lattice } from '../lattice.js';
import type { Ask, Edit } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { hasMeasure } from './beside.js';
import { asksWhich, asksWho } from './referring.js';
import { find, subjectOf } from './tree.js';

/** `what about the tallest one` behind a number of all asks for the one, of which there is no such number. */
export function ofOne(edit: Edit, before: Ask, lattice: Lattice): Ask {
  const subject = subjectOf(before);
  const mods =
    edit.type === 'mods' ? edit.mods : edit.type === 'restrict' ? edit.noun.mods : undefined;
  if (mods === undefined || subject === undefined || !isNumberOf(before)) return before;
  const one = mods.some((mod) => mod.type === 'rank' && (mod.limit ?? (mod.many ? 2 : 1)) === 1);
  const asked = asksWho(lattice) || lattice.tokens.some(({ word }) => word === 'one');
  if (!one || !asked) return before;
  return { ...before, targets: [{ type: 'things', noun: subject, everything: false }] };
}

/** `who earns the most` behind a list of salaries asks for the one, and not for the salary; so does `which one is the cheapest`. */
export function named(ask: Ask, lattice: Lattice): Ask {
  const subject = subjectOf(ask);
  if (subject === undefined || hasMeasure(ask) || !asksWhich(lattice)) return ask;
  const tells = asksWho(lattice) ? isName : (field: Field) => field.role !== 'measure';
  const told = ask.targets.some(
    (target) => target.type !== 'field' || target.field.options.some(({ field }) => tells(field)),
  );
  if (told) return ask;
  return { ...ask, targets: [{ type: 'things', noun: subject, everything: false }] };
}

function isName(field: Field): boolean {
  return field.table.naming.includes(field) || field.role === 'name';
}

/** `which stores …`: a thing is asked for by its name. */
export function asksWhichThing(lattice: Lattice): boolean {
  return lattice.tokens.some(
    ({ word }, at) => (word === 'which' || word === 'what') && lattice.tables(at + 1).some(isNamed),
  );
}

/** One number of all, with no groups that it could be said of. */
export function isNumberOf(ask: Ask): boolean {
  return hasMeasure(ask) && find(ask, 'group') === undefined;
}

export function saysOnlyThatThereIs(edit: Edit): boolean {
  return (
    edit.type === 'mods' &&
    edit.mods.some((mod) => mod.type === 'related' && mod.noun.mods.length === 0)
  );
}
