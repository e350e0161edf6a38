/** The sample shop: what a newcomer asks first. Its "today" is 2026-06-30. */
import { sampleSql } from '../../../lib/databases/embedded/sample.js';
import type { Domain } from './domain.js';

const cancelled = "status = 'cancelled'";
const paidIn = (year: number) =>
  `ordered_at >= date '${year}-01-01' and ordered_at < date '${year + 1}-01-01'`;

export const shop: Domain = {
  name: 'a shop, the sample',
  sql: [...sampleSql(), 'analyze'],
  today: '2026-06-30',
  cases: [
    [
      'customers who havent ordered this year',
      `select name from customers c where not exists (select from orders o where o.customer_id = c.id and ${paidIn(2026)})`,
    ],
    [
      'who signed up in March 2025',
      `select name from customers where created_at >= '2025-03-01' and created_at < '2025-04-01'`,
    ],
    ['unpaid orders', 'select * from orders where paid_at is null'],
    [
      'customers who spent over 2000 in 2025',
      `select c.name from customers c join orders o on o.customer_id = c.id where ${paidIn(2025)} group by c.id having sum(o.total) > 2000`,
    ],
    ['how many customers are there', 'select count(*) from customers'],
    [
      'how many products have a price larger than or equal to 100',
      'select count(*) from products where price >= 100',
    ],
    [
      'the names of the products, ordered descending by price',
      'select name from products order by price desc',
    ],
    [
      'top 5 customers by revenue',
      'select c.name, sum(o.total) from orders o join customers c on c.id = o.customer_id group by c.id order by 2 desc limit 5',
    ],
    ['what is the total revenue', 'select sum(total) from orders'],
    [
      'revenue per year',
      'select extract(year from ordered_at)::int, sum(total) from orders group by 1 order by 1',
    ],
    [
      'orders per month in 2025',
      `select date_trunc('month', ordered_at)::date, count(*) from orders where ${paidIn(2025)} group by 1 order by 1`,
    ],
    [
      'how many orders were cancelled last month',
      `select count(*) from orders where ${cancelled} and ordered_at >= date '2026-05-01' and ordered_at < date '2026-06-01'`,
    ],
    [
      'average rating by category',
      'select c.name, avg(r.rating) from reviews r join products p on p.id = r.product_id join categories c on c.id = p.category_id group by c.id',
    ],
    [
      'which products were never sold?',
      'select name from products p where not exists (select from order_items i where i.product_id = p.id) order by id',
    ],
    [
      'customers without orders',
      'select name from customers c where not exists (select from orders o where o.customer_id = c.id) order by id',
    ],
    ['list the 3 most expensive products', 'select name from products order by price desc limit 3'],
    [
      'customers in Spain who ordered more than 5 times',
      "select name from customers c where country = 'Spain' and (select count(*) from orders o where o.customer_id = c.id) > 5 order by id",
    ],
    [
      'average order total per customer segment',
      'select c.segment, avg(o.total) from orders o join customers c on c.id = o.customer_id group by 1',
    ],
    ['number of reviews with rating below 3', 'select count(*) from reviews where rating < 3'],
    ['payments by method', 'select method, count(*) from payments group by 1'],
    [
      'number of customers per country, most first',
      'select country, count(*) from customers group by 1 order by 2 desc, 1',
    ],
    ['average salary by department', 'select department, avg(salary) from employees group by 1'],
    [
      'products with price between 20 and 30 euros',
      'select name from products where price between 20 and 30 order by id',
    ],
    [
      'how many distinct countries do customers come from',
      'select count(distinct country) from customers',
    ],
    [
      'total revenue by country in 2025 for business customers',
      `select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id where c.segment = 'business' and ${paidIn(2025)} group by 1`,
    ],
    [
      'revenue last quarter',
      "select sum(total) from orders where ordered_at >= date '2026-01-01' and ordered_at < date '2026-04-01'",
    ],
    ['how many products are out of stock', 'select count(*) from products where stock = 0'],
    [
      'sales by category in 2025',
      `select c.name, sum(i.amount) from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id join categories c on c.id = p.category_id where ${paidIn(2025)} group by c.id`,
    ],
  ],
  refusals: [
    ['customers who spent more than average', /total|number/],
    ['customers who reviewed a product they never bought', /bought|belong/],
    ['refunds total 2025', /total|2025|refunds/],
    ['what is the weather', /weather/],
    ['tell me a joke', /joke/],
    ['delete all orders', /delete/],
    ['frobnicate the orders', /frobnicate/],
    ['how many unicorns are there', /unicorns/],
    ['customers from Atlantis', /Atlantis/],
    ['who sponsored orders from Spain', /sponsored/],
  ],
  talks: [
    [
      [
        'top 5 customers by revenue',
        'select c.name, sum(o.total) from orders o join customers c on c.id = o.customer_id group by c.id order by 2 desc limit 5',
      ],
      [
        'only the ones from Spain',
        "select c.name, sum(o.total) from orders o join customers c on c.id = o.customer_id where c.country = 'Spain' group by c.id order by 2 desc limit 5",
      ],
    ],
    [
      ['how many orders in 2025', `select count(*) from orders where ${paidIn(2025)}`],
      [
        'only the cancelled ones',
        `select count(*) from orders where ${paidIn(2025)} and ${cancelled}`,
      ],
      ['and in 2024?', `select count(*) from orders where ${paidIn(2024)} and ${cancelled}`],
    ],
  ],
};
