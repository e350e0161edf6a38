/** A statement's line with a caret below a place in it, as psql shows it, made fit for a terminal. */
import { displayText } from '../formats/display.js';
import { displayWidth } from '../formats/width.js';
import type { Place } from '../sql/place.js';

/** Columns of the line that are shown; with label and marks they fit the 80 of the narrowest usual terminal. */
const SHOWN_COLUMNS = 60;
/** Of a longer line only the characters that near to the place are looked at. */
const REACH = 200;
const CLIPPED = '...';

/** Two lines: `LINE 3: …` and the caret. */
export function pointAt({ line, column, text }: Place): string {
  const { pieces, place, more } = piecesAround([...text], column - 1);
  const { first, last } = clip(pieces, place);
  const left = first > 0 || more.left ? CLIPPED : '';
  const right = last < pieces.length || more.right ? CLIPPED : '';
  const label = `LINE ${line}: ${left}`;
  const before = label + pieces.slice(first, place).join('');
  const shown = before + pieces.slice(place, last).join('') + right;
  return `${shown}\n${' '.repeat(displayWidth(before))}^`;
}

/** What a person sees as characters, as a terminal may be given them, and which of them the place is at. */
function piecesAround(characters: readonly string[], index: number) {
  const from = Math.max(0, index - REACH);
  const to = Math.min(characters.length, index + REACH);
  const units = characters.slice(from, index).join('').length;
  const window = characters.slice(from, to).join('');
  const segments = [...new Intl.Segmenter('en').segment(window)];
  // A place inside a letter with its accents is at the letter.
  const within = segments.findLastIndex((segment) => segment.index <= units);
  return {
    pieces: segments.map(({ segment }) => displayText(segment.replaceAll('\t', ' '))),
    place: units === window.length ? segments.length : within,
    more: { left: from > 0, right: to < characters.length },
  };
}

/** The pieces that fit: half of the room before the place, then what follows, then more before it. */
function clip(pieces: readonly string[], place: number): { first: number; last: number } {
  let first = place;
  let last = place;
  let width = 0;
  const fits = (piece: string | undefined, room: number): boolean => {
    const wider = piece === undefined ? Infinity : width + displayWidth(piece);
    if (wider > room) return false;
    width = wider;
    return true;
  };
  while (first > 0 && fits(pieces[first - 1], SHOWN_COLUMNS / 2)) first -= 1;
  while (last < pieces.length && fits(pieces[last], SHOWN_COLUMNS)) last += 1;
  while (first > 0 && fits(pieces[first - 1], SHOWN_COLUMNS)) first -= 1;
  return { first, last };
}
