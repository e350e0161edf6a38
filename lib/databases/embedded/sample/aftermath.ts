/** What follows from an order: payments, parcels, returns, reviews. */
import { dateText, momentText, toDay, toMoment } from './calendar.js';
import type { Customer, Product } from './cast.js';
import type { Course } from './course.js';
import type { Random } from './random.js';
import { BODIES, RATINGS, TITLES } from './reviews.js';
import { type Row, money } from './row.js';
import { SAMPLE_TODAY } from './today.js';

const LAST_DAY = toDay(SAMPLE_TODAY);

export interface Line {
  readonly product: Product;
  readonly quantity: number;
  readonly unitCents: number;
  readonly cents: number;
}

/** An order as far as what follows depends on it. */
export interface Placed {
  readonly orderId: number;
  readonly customer: Customer;
  /** When it was placed. */
  readonly moment: number;
  readonly lines: readonly Line[];
  readonly cents: number;
  readonly course: Course;
}

export function addPayments(
  random: Random,
  payments: Row[],
  {
    orderId,
    cents,
    moment,
    course,
  }: { orderId: number; cents: number; moment: number; course: Course },
): void {
  const byProvider = course.method === 'card' || course.method === 'wallet';
  const add = (status: string, at: number) => {
    payments.push({
      id: payments.length + 1,
      order_id: orderId,
      method: course.method,
      status,
      amount: money(cents),
      created_at: momentText(at),
      reference: byProvider ? `pay_${random.between(100_000, 999_999)}${orderId}` : null,
    });
  };
  if (byProvider && random.chance(course.paidAt === null ? 60 : 5)) add('failed', moment + 15);
  if (course.paidAt !== null)
    add(course.status === 'cancelled' ? 'refunded' : 'settled', course.paidAt);
}

const CARRIERS = ['Parcelia', 'Swiftpost', 'BlueVan', 'Cargo Sol'];

export function addShipments(
  random: Random,
  shipments: Row[],
  { orderId, cents, course }: Placed,
): void {
  const { shippedAt, deliveredDay } = course;
  if (shippedAt === null) return;
  const parcels = cents > 30_000 && random.chance(25) ? 2 : 1;
  for (let parcel = 1; parcel <= parcels; parcel++) {
    const carrier = CARRIERS[random.weighted([48, 29, 16, 7])]!;
    shipments.push({
      id: shipments.length + 1,
      order_id: orderId,
      carrier,
      tracking_number:
        carrier === 'BlueVan'
          ? null
          : `${carrier.slice(0, 2).toUpperCase()}${random.between(10_000_000, 99_999_999)}`,
      shipping_cost: money(390 + Math.floor(cents / 90 / parcels) + random.between(0, 160)),
      shipped_at: momentText(shippedAt + (parcel - 1) * random.between(60, 900)),
      delivered_on: deliveredDay === null ? null : dateText(deliveredDay),
    });
  }
}

const REASONS = ['damaged', 'wrong item', 'not as described', 'arrived too late', 'changed mind'];

export function addReturns(
  random: Random,
  returns: Row[],
  { orderId, lines, course: { deliveredDay } }: Placed,
): void {
  if (deliveredDay === null) return;
  for (const [index, { product, quantity: bought, cents }] of lines.entries()) {
    if (!random.chance([2.5, 4, 14][product.esteem]!)) continue;
    const day = deliveredDay + random.between(2, 21);
    if (day > LAST_DAY) continue;
    const quantity = random.between(1, bought);
    const disliked = product.esteem === 2;
    const reason = REASONS[random.weighted(disliked ? [40, 5, 38, 4, 13] : [18, 16, 16, 12, 38])]!;
    const undecided = LAST_DAY - day < 8 || random.chance(5);
    returns.push({
      id: returns.length + 1,
      order_id: orderId,
      line: index + 1,
      quantity,
      reason,
      refund: undecided ? null : money(Math.floor((cents * quantity) / bought)),
      returned_on: dateText(day),
    });
  }
}

export function addReviews(
  random: Random,
  reviews: Row[],
  { customer, lines, course: { deliveredDay } }: Placed,
  reviewed: Set<string>,
): void {
  if (deliveredDay === null) return;
  for (const { product } of lines) {
    const pair = `${product.id} ${customer.id}`;
    if (reviewed.has(pair) || !random.chance(19)) continue;
    const day = deliveredDay + random.between(1, 40);
    if (day > LAST_DAY) continue;
    reviewed.add(pair);
    const stars = random.weighted(RATINGS[product.esteem]!);
    const written = toMoment(
      day,
      random.between(7, 22),
      random.between(0, 59),
      random.between(0, 59),
    );
    reviews.push({
      id: reviews.length + 1,
      product_id: product.id,
      customer_id: customer.id,
      rating: stars + 1,
      title: random.chance(15) ? null : random.pick(TITLES[stars]!),
      body: random.chance(35) ? null : random.pick(BODIES[stars]!),
      created_at: momentText(written),
    });
  }
}
