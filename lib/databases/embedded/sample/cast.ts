/** Who and what takes part in the sample's trade: categories, products, staff, customers. */
import { dateText, momentText, toDay, toMoment } from './calendar.js';
import { COMPANY_KINDS, COMPANY_NAMES, COUNTRIES, type Country, STAFF } from './people.js';
import { RANGE } from './products.js';
import type { Random } from './random.js';
import { type Row, money } from './row.js';
import { SAMPLE_START, SAMPLE_TODAY } from './today.js';

export interface Product {
  readonly row: Row;
  readonly id: number;
  readonly name: string;
  /** The top category. */
  readonly range: string;
  readonly cents: number;
  /** How well it sells; 0 is never. */
  readonly pull: number;
  /** How it is rated: 0 loved, 1 liked, 2 disliked. */
  readonly esteem: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface Customer {
  readonly row: Row;
  readonly id: number;
  readonly country: string;
  readonly segment: 'consumer' | 'business' | 'reseller';
  readonly managerId: number | null;
  /** How often the customer orders; 0 is never. */
  readonly pull: number;
  readonly since: number;
}

const TODAY = toDay(SAMPLE_TODAY);
const START = toDay(SAMPLE_START);

export function makeStaff(): Row[] {
  return STAFF.map(
    ([first, last, job, department, manager, salary, hired, left = null], index) => ({
      id: index + 1,
      first_name: first,
      last_name: last,
      email: `${emailName(`${first} ${last}`)}@shop.example`,
      job_title: job,
      department,
      manager_id: manager,
      salary: `${salary}.00`,
      hired_on: hired,
      left_on: left,
    }),
  );
}

export function makeRange(random: Random): { categories: Row[]; products: Product[] } {
  const categories: Row[] = [];
  const products: Product[] = [];
  const addCategory = (name: string, parent: number | null): number => {
    categories.push({ id: categories.length + 1, parent_id: parent, name });
    return categories.length;
  };
  for (const [range, groups] of Object.entries(RANGE)) {
    const top = addCategory(range, null);
    for (const [group, items] of Object.entries(groups)) {
      const category = addCategory(group, top);
      for (const [name, cents, pull = 1] of items) {
        products.push(
          makeProduct(random, { id: products.length + 1, name, range, category, cents, pull }),
        );
      }
    }
  }
  return { categories, products };
}

function makeProduct(
  random: Random,
  of: Pick<Product, 'id' | 'name' | 'range' | 'cents' | 'pull'> & { readonly category: number },
): Product {
  const fresh = of.pull === 0;
  const early = random.chance(75);
  const firstDay = fresh
    ? TODAY - random.between(2, 9)
    : early
      ? START - random.between(30, 500)
      : START + random.between(60, 800);
  const ended = !fresh && random.chance(7);
  const lastDay = ended ? Math.max(firstDay + 200, TODAY - random.between(20, 400)) : TODAY + 1;
  const weight = Math.round(of.cents / 12) + random.between(40, 900);
  return {
    ...of,
    esteem: random.weighted([45, 42, 13]),
    firstDay,
    lastDay,
    row: {
      id: of.id,
      sku: `${of.range.slice(0, 3).toUpperCase()}-${1000 + of.category * 20 + of.id}`,
      name: of.name,
      category_id: of.category,
      price: money(of.cents),
      cost: random.chance(6) ? null : money(Math.round((of.cents * random.between(34, 66)) / 100)),
      weight_kg: random.chance(10)
        ? null
        : `${Math.floor(weight / 1000)}.${String(weight % 1000).padStart(3, '0')}`,
      stock: random.chance(8) ? 0 : random.between(2, 240),
      added_on: dateText(firstDay),
      discontinued_on: lastDay < TODAY ? dateText(lastDay) : null,
    },
  };
}

/** People whom every program that reads this database has to get right: names, country by name. */
const KNOWN: readonly (readonly [name: string, country: string])[] = [
  ["Siobhán O'Brien", 'Ireland'],
  ['Zoë Peeters', 'Belgium'],
  ['Jonas Null', 'Germany'],
  // Two persons of one name.
  ['María García', 'Spain'],
  ['María García', 'Spain'],
  ['José María de la Cruz y Ibáñez', 'Spain'],
];

const CUSTOMERS = 300;

/** In the order in which they signed up. */
export function makeCustomers(random: Random): Customer[] {
  const since = Array.from({ length: CUSTOMERS }, () => makeSignUp(random)).sort((a, b) => a - b);
  const names = new Set(KNOWN.map(([name]) => name));
  const known = new Map(KNOWN.map((person, index) => [17 + index * 29, person]));
  return since.map((moment, index) => {
    const [name, where] = known.get(index) ?? [];
    const country =
      COUNTRIES.find((each) => each.name === where) ??
      COUNTRIES[random.weighted(COUNTRIES.map(({ share }) => share))]!;
    return makeCustomer(
      random,
      index + 1,
      name ?? newName(random, country, names),
      country,
      moment,
    );
  });
}

function makeSignUp(random: Random): number {
  // Two in five were there when the shop's records begin.
  const day = random.chance(40)
    ? START - random.between(1, 480)
    : START + random.between(0, TODAY - START - 2);
  return toMoment(day, random.between(7, 22), random.between(0, 59), random.between(0, 59));
}

function newName(random: Random, { first, last }: Country, names: Set<string>): string {
  for (let attempt = 1; ; attempt++) {
    const surname = random.pick(last);
    const name = `${random.pick(first)} ${attempt <= 4 ? surname : `${surname}-${random.pick(last)}`}`;
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
}

function makeCustomer(
  random: Random,
  id: number,
  name: string,
  country: Country,
  since: number,
): Customer {
  const segment = (['consumer', 'business', 'reseller'] as const)[random.weighted([78, 16, 6])]!;
  const company =
    segment === 'consumer' ? null : `${random.pick(COMPANY_NAMES)} ${random.pick(COMPANY_KINDS)}`;
  const managed = segment === 'consumer' ? random.chance(3) : true;
  const managerId = managed ? random.between(6, 8) : null;
  return {
    id,
    country: country.name,
    segment,
    managerId,
    pull: random.chance(6)
      ? 0
      : (segment === 'consumer' ? 100 : 170) / (random.between(0, 300) + 25),
    since,
    row: {
      id,
      name,
      company,
      email: `${emailName(name)}${id}@${random.pick(['example.com', 'example.org', 'example.net'])}`,
      phone: random.chance(30)
        ? null
        : `${country.phone} 555 ${random.between(100, 999)} ${random.between(100, 999)}`,
      city: random.pick(country.cities),
      country: country.name,
      segment,
      birth_date:
        segment !== 'consumer' || random.chance(25)
          ? null
          : dateText(toDay('1948-01-01') + random.between(0, 21_000)),
      newsletter: random.chance(42),
      account_manager_id: managerId,
      created_at: momentText(since),
    },
  };
}

/** Latin letters without marks, joined by dots. */
function emailName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/\p{M}|'/gu, '')
    .replace(/[^a-z]+/g, '.');
}
