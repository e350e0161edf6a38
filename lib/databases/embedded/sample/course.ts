/** How an order went on after it was placed. */
import { dayOf, toDay, toMoment } from './calendar.js';
import type { Customer } from './cast.js';
import type { Random } from './random.js';
import { SAMPLE_TODAY } from './today.js';

const LAST_DAY = toDay(SAMPLE_TODAY);
const NOW = toMoment(LAST_DAY, 23, 59, 59);
const DAY = 86_400;

/** How an order went on, as far as it has come by now. */
export interface Course {
  readonly status: 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled';
  readonly method: 'card' | 'bank transfer' | 'wallet' | 'invoice' | 'gift card';
  readonly paidAt: number | null;
  readonly shippedAt: number | null;
  readonly deliveredDay: number | null;
}

const METHODS = ['card', 'bank transfer', 'wallet', 'invoice', 'gift card'] as const;

export function makeCourse(random: Random, { segment }: Customer, ordered: number): Course {
  const weights = segment === 'consumer' ? [55, 12, 22, 7, 4] : [20, 34, 4, 42, 0];
  const method = METHODS[random.weighted(weights)]!;
  const slow = method === 'bank transfer' || method === 'invoice';
  const payment = ordered + (slow ? random.between(DAY / 2, 4 * DAY) : random.between(20, 240));
  const shipping = payment + random.between(DAY / 2, 3 * DAY);
  const delivery = dayOf(shipping) + random.between(1, 6);
  const forgotten = random.chance(1.2);
  const cancelled = random.chance(6);
  const lost = random.chance(0.4);

  const paidAt = forgotten || payment > NOW || (cancelled && random.chance(55)) ? null : payment;
  const begun: Course = { status: 'pending', method, paidAt, shippedAt: null, deliveredDay: null };
  if (cancelled) return { ...begun, status: 'cancelled' };
  if (paidAt === null) return begun;
  if (shipping > NOW) return { ...begun, status: 'paid' };
  const sent: Course = { ...begun, status: 'shipped', shippedAt: shipping };
  return lost || delivery > LAST_DAY
    ? sent
    : { ...sent, status: 'delivered', deliveredDay: delivery };
}
