/** Figures that are taken inside one process: what the guard adds to a statement, and what questions cost a model. */
import { load } from './bundle.mjs';
import { absolute, sum, total } from './figures.mjs';
import { shop } from './shop.mjs';

const ROUNDS = 20;

export async function guard() {
  const url = await shop();
  const { guardCost } = await load('bin/bench/inside.ts');
  const resting = await guardCost(url, ROUNDS);
  const anew = await guardCost(url, ROUNDS, 'commit');
  return [
    absolute('what the guard adds to a statement', { goal: 5, unit: 'ms', of: resting }),
    absolute('the same, when others have committed since', { goal: 5, unit: 'ms', of: anew }),
  ];
}

export async function questions() {
  const url = await shop();
  const { questionCosts } = await load('bin/bench/inside.ts');
  const costs = await questionCosts(url);
  const tokens = costs.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens);
  return [
    { ...total('steps of ten questions', sum(costs.map(({ steps }) => steps))), costs },
    total('tokens of ten questions', sum(tokens)),
  ];
}
