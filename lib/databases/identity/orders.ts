/** Operator classes of a user's own that sorting, grouping and DISTINCT use by themselves. */
import { against, type Check } from './context.js';
import { isUserType } from './resolution.js';

export const checkOrders: Check = async ({ named: { orders }, world, reachable }) => {
  if (orders.length === 0) return undefined;
  await world.learn({ functions: orders.map(({ code }) => code) });
  for (const { type, code } of orders) {
    const found = world.objectionTo(code);
    if (found === undefined || (isUserType(type) && !reachable.has(type))) continue;
    return against(
      'operator-class',
      found,
      undefined,
      'values of its type are sorted or grouped: ',
    );
  }
  return undefined;
};
