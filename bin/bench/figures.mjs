/** Samples as figures: `{ figure, goal, unit, value, best, met }`, of which the report makes its lines. */

/** Of medians; `of` and `to` are samples of the same unit. */
export function ratio(figure, { goal, of, to }) {
  const value = median(of) / median(to);
  return {
    ...{ figure, goal, unit: '×', value },
    ...(goal === undefined ? {} : { met: value <= goal }),
    best: Math.min(...of) / Math.min(...to),
    ms: { of: spread(of), to: spread(to) },
  };
}

export function absolute(figure, { goal, unit, of }) {
  const value = median(of);
  return {
    ...{ figure, goal, unit, value },
    met: value < goal,
    best: Math.min(...of),
    spread: spread(of),
  };
}

export function total(figure, value) {
  return { figure, unit: 'in all', value };
}

/** What could not be measured, and why. */
export function skipped(figure, why) {
  return { figure, skipped: why };
}

export function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}
