/** What a model is told of a change that it proposed: what became of it, in counts. */
import { renderPreview } from './preview.js';
import type { ChangeMade, ToolOutcome } from './tool.js';

/** @param previewRows of what RETURNING gave, at most */
export function toldOf(made: ChangeMade, previewRows: number): ToolOutcome {
  if (made.type === 'shown') {
    // The person wants the statement alone, and has it.
    return {
      text: 'printed, not carried out',
      answer: { type: 'rows', text: '', delivered: made.delivered },
    };
  }
  const { elsewhere, statements, ...more } = made;
  const returned = statements.flatMap((one) =>
    one.returned === undefined || previewRows === 0
      ? []
      : renderPreview(one.returned.columns, one.returned.rows.slice(0, previewRows)),
  );
  const lines = [...returned, ...elsewhere.map((touched) => JSON.stringify(touched))];
  return {
    text: textOf(made, returned.length > 0),
    ...(lines.length === 0 ? {} : { values: lines.join('\n') }),
    details: { ...more, elsewhere },
  };
}

function textOf(
  { type, id, again, edited, statements, elsewhere }: Exclude<ChangeMade, Shown>,
  returns: boolean,
): string {
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
  const shown = [
    ...(returns ? ['what RETURNING gave'] : []),
    ...(elsewhere.length > 0 ? ['what cascades and triggers did'] : []),
  ];
  return `${state}${edit}${shown.length === 0 ? '' : `\n${shown.join(', then ')}:`}`;
}

type Shown = Extract<ChangeMade, { type: 'shown' }>;
