/** What a model is told of a change that it proposed: what became of it, in counts. */
import type { ChangeMade, ToolOutcome } from './tool.js';

export function toldOf(made: ChangeMade): ToolOutcome {
  if (made.type === 'shown') {
    // The person wants the statement alone, and has it.
    return {
      text: 'printed, not carried out',
      answer: { type: 'rows', text: '', delivered: made.delivered },
    };
  }
  const { elsewhere, ...more } = made;
  const lines = elsewhere.map((touched) => JSON.stringify(touched));
  return {
    text: textOf(made),
    ...(lines.length === 0 ? {} : { values: lines.join('\n') }),
    details: { ...more, elsewhere },
  };
}

function textOf({ type, id, again, edited, statements, elsewhere }: Exclude<ChangeMade, Shown>) {
  const counts = statements
    .map(({ command, rowCount }) => (rowCount === undefined ? command : `${command} ${rowCount}`))
    .join(', ');
  const state =
    type === 'applied'
      ? again
        ? `applied already in this run as change ${id}, and not again: ${counts}`
        : `applied as change ${id}: ${counts}`
      : `${again ? 'already ' : ''}written down as plan ${id}, which a person carries out later; nothing is changed yet: ${counts}`;
  const edit = edited === undefined ? '' : `\nthe person has edited it to: ${edited}`;
  return `${state}${edit}${elsewhere.length === 0 ? '' : '\nby cascades and triggers:'}`;
}

type Shown = Extract<ChangeMade, { type: 'shown' }>;
