/** Three years of orders, and what came of them: items, payments, parcels, returns, reviews. */
import {
  type Line,
  type Placed,
  addPayments,
  addReturns,
  addReviews,
  addShipments,
} from './aftermath.js';
import { dateText, dayOf, momentText, monthOf, toDay, toMoment } from './calendar.js';
import type { Customer, Product } from './cast.js';
import { makeCourse } from './course.js';
import { FAVOURITES, SEASONS } from './products.js';
import type { Random } from './random.js';
import { type Row, money } from './row.js';
import { SAMPLE_START, SAMPLE_TODAY } from './today.js';

export interface Trade {
  readonly orders: Row[];
  readonly items: Row[];
  readonly payments: Row[];
  readonly shipments: Row[];
  readonly returns: Row[];
  readonly reviews: Row[];
  /** Cents that each customer has paid and not got back. */
  readonly paidCents: ReadonlyMap<number, number>;
}

const FIRST_DAY = toDay(SAMPLE_START);
const LAST_DAY = toDay(SAMPLE_TODAY);

/** Orders of a month, January first, in percent of an ordinary one. */
const MONTHS = [82, 76, 94, 100, 106, 98, 88, 70, 101, 112, 158, 176];

export function makeTrade(
  random: Random,
  {
    products,
    customers,
  }: { readonly products: readonly Product[]; readonly customers: readonly Customer[] },
): Trade {
  const paidCents = new Map<number, number>();
  const trade = {
    orders: [] as Row[],
    items: [] as Row[],
    payments: [] as Row[],
    shipments: [] as Row[],
    returns: [] as Row[],
    reviews: [] as Row[],
    paidCents,
  };
  /** Nobody reviews a product twice. */
  const reviewed = new Set<string>();

  for (const [index, moment] of orderMoments(random).entries()) {
    const customer = chooseCustomer(random, customers, moment);
    const day = dayOf(moment);
    const code = chooseCode(random, customer, day);
    const lines = makeLines(random, { customer, products, day, tenths: code.tenths });
    const placed: Placed = {
      orderId: 1001 + index,
      customer,
      moment,
      lines,
      cents: lines.reduce((sum, line) => sum + line.cents, 0),
      course: makeCourse(random, customer, moment),
    };
    const { status, paidAt } = placed.course;
    trade.orders.push({
      id: placed.orderId,
      customer_id: customer.id,
      employee_id: takenBy(random, customer, day),
      status,
      total: money(placed.cents),
      discount_code: code.name,
      ordered_at: momentText(moment),
      paid_at: paidAt === null ? null : momentText(paidAt),
      requested_for: random.chance(6) ? dateText(day + random.between(5, 20)) : null,
    });
    trade.items.push(...itemRows(placed, code.tenths));
    if (status !== 'cancelled' && paidAt !== null) {
      paidCents.set(customer.id, (paidCents.get(customer.id) ?? 0) + placed.cents);
    }
    addPayments(random, trade.payments, placed);
    addShipments(random, trade.shipments, placed);
    addReturns(random, trade.returns, placed);
    addReviews(random, trade.reviews, placed, reviewed);
  }
  return trade;
}

function itemRows({ orderId, lines }: Placed, tenths: number): Row[] {
  return lines.map((line, index) => ({
    order_id: orderId,
    line: index + 1,
    product_id: line.product.id,
    quantity: line.quantity,
    unit_price: money(line.unitCents),
    discount_percent: `${Math.floor(tenths / 10)}.${tenths % 10}`,
    amount: money(line.cents),
  }));
}

/** When orders were placed, oldest first: more every year, most before Christmas, few in August. */
function orderMoments(random: Random): number[] {
  const moments: number[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    // Hundredths of an order: in an ordinary month 110 a day at first, 180 after three years.
    const usual = 110 + Math.floor((70 * (day - FIRST_DAY)) / (LAST_DAY - FIRST_DAY));
    const expected = Math.floor((usual * MONTHS[monthOf(day)]!) / 100);
    const drawn = Math.floor((random.between(0, 2 * expected) + random.between(0, 99)) / 100);
    const count = day === FIRST_DAY ? Math.max(1, drawn) : drawn;
    for (let n = 0; n < count; n++) {
      moments.push(
        toMoment(day, random.between(7, 22), random.between(0, 59), random.between(0, 59)),
      );
    }
  }
  return moments.sort((a, b) => a - b);
}

function chooseCustomer(random: Random, customers: readonly Customer[], moment: number): Customer {
  const there = customers.filter(({ since }) => since < moment);
  return there[random.weighted(there.map(({ pull }) => pull))]!;
}

/** Tenths of a percent, so that 12.5 % is a whole number. */
function chooseCode(
  random: Random,
  { segment }: Customer,
  day: number,
): { readonly name: string | null; readonly tenths: number } {
  if (segment === 'reseller') return { name: null, tenths: 125 };
  if (monthOf(day) === 10 && random.chance(35)) return { name: 'BLACKFRIDAY', tenths: 200 };
  if (monthOf(day) === 6 && random.chance(20)) return { name: 'SUMMER15', tenths: 150 };
  if (random.chance(7)) return { name: 'WELCOME10', tenths: 100 };
  return { name: null, tenths: 0 };
}

interface Basket {
  readonly customer: Customer;
  readonly products: readonly Product[];
  readonly day: number;
  readonly tenths: number;
}

function makeLines(random: Random, { customer, products, day, tenths }: Basket): Line[] {
  const month = monthOf(day);
  const favourites = FAVOURITES[customer.country] ?? {};
  const left = products.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
  const count =
    1 +
    random.weighted(customer.segment === 'consumer' ? [42, 28, 16, 9, 5] : [20, 25, 25, 18, 12]);
  return Array.from({ length: count }, () => {
    const weights = left.map(
      ({ name, range, pull }) =>
        pull * pull * (SEASONS[range]?.[month] ?? 100) * (favourites[name] ?? 1),
    );
    const [product] = left.splice(random.weighted(weights), 1) as [Product];
    const quantity = chooseQuantity(random, customer, product);
    const unitCents = pastPrice(product.cents, day);
    return {
      product,
      quantity,
      unitCents,
      cents: Math.round((quantity * unitCents * (1000 - tenths)) / 1000),
    };
  });
}

function chooseQuantity(random: Random, { segment }: Customer, { cents }: Product): number {
  const dear = cents > 6000;
  switch (segment) {
    case 'consumer':
      return 1 + random.weighted(dear ? [94, 6] : [72, 18, 7, 3]);
    case 'business':
      return random.between(1, dear ? 3 : 7);
    case 'reseller':
      return random.between(2, dear ? 5 : 20);
  }
}

/** Prices rose a little every January; to ten cents. */
function pastPrice(cents: number, day: number): number {
  const years = 2026 - Number(dateText(day).slice(0, 4));
  return Math.round((cents * (100 - 3 * years)) / 1000) * 10;
}

/** Assistants by their lines in the list of staff, with the days on which they worked. */
const ASSISTANTS = [
  { id: 9, from: 0, to: Infinity },
  { id: 10, from: 0, to: Infinity },
  { id: 11, from: 0, to: toDay('2025-03-31') },
  { id: 12, from: toDay('2025-04-14'), to: Infinity },
];

function takenBy(random: Random, { segment, managerId }: Customer, day: number): number | null {
  if (!random.chance(segment === 'consumer' ? 10 : 45)) return null;
  if (managerId !== null && random.chance(70)) return managerId;
  return random.pick(ASSISTANTS.filter(({ from, to }) => from <= day && day <= to)).id;
}
