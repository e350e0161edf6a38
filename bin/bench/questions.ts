/** Ten questions as people ask the sample shop, each with what a capable model replies to it, step by step. */
import type { ScriptedReply } from '../../lib/models/scripted.js';

export interface Question {
  readonly request: string;
  readonly replies: readonly ScriptedReply[];
}

const answer = (sql: string, text: string): ScriptedReply => ({
  calls: [{ name: 'answer', input: { sql, text } }],
});
const findValues = (...words: string[]): ScriptedReply => ({
  calls: [{ name: 'find_values', input: { words } }],
});

export const questions: readonly Question[] = [
  {
    request: 'top 5 customers by revenue',
    replies: [
      answer(
        'select c.name, sum(o.total) as revenue from customers c join orders o on o.customer_id = c.id group by c.id order by revenue desc, c.id limit 5',
        'The five customers with the highest revenue.',
      ),
    ],
  },
  {
    request: 'orders per month in 2025',
    replies: [
      answer(
        "select date_trunc('month', ordered_at)::date as month, count(*) as orders from orders where ordered_at >= '2025-01-01' and ordered_at < '2026-01-01' group by 1 order by 1",
        'Orders in each month of 2025.',
      ),
    ],
  },
  {
    request: 'average rating by category',
    replies: [
      answer(
        'select g.name, round(avg(r.rating), 2) as average_rating from reviews r join products p on p.id = r.product_id join categories g on g.id = p.category_id group by g.id order by 2 desc, g.id',
        'The average rating of the products in each category.',
      ),
    ],
  },
  {
    request: 'how many orders were cancelled last month?',
    replies: [
      answer(
        "select count(*) as cancelled from orders where status = 'cancelled' and ordered_at >= '2026-05-01' and ordered_at < '2026-06-01'",
        'Cancelled orders of May 2026.',
      ),
    ],
  },
  {
    request: 'which products were never sold',
    replies: [
      answer(
        'select p.sku, p.name from products p where not exists (select from order_items i where i.product_id = p.id) order by p.id',
        'Products that stand in no order.',
      ),
    ],
  },
  {
    request: 'best-selling products in Spain',
    replies: [
      findValues('Spain'),
      answer(
        "select p.name, sum(i.quantity) as sold from order_items i join products p on p.id = i.product_id join orders o on o.id = i.order_id join customers c on c.id = o.customer_id where c.country = 'Spain' group by p.id order by sold desc, p.id limit 10",
        'The ten products of which most were sold to customers in Spain.',
      ),
    ],
  },
  {
    request: 'who works for whom',
    replies: [
      answer(
        "select e.first_name || ' ' || e.last_name as employee, m.first_name || ' ' || m.last_name as manager from employees e left join employees m on m.id = e.manager_id order by e.id",
        'Employees with their managers.',
      ),
    ],
  },
  {
    request: 'how long does delivery take, by carrier',
    replies: [
      // A column that is not there: the server's error goes back, and the second try is right.
      answer(
        'select carrier, avg(delivered_at - shipped_at) as days from shipments group by carrier',
        'Days from shipment to delivery.',
      ),
      answer(
        'select carrier, round(avg(delivered_on - shipped_at::date), 1) as days from shipments where delivered_on is not null group by carrier order by 2, 1',
        'Average days from shipment to delivery.',
      ),
    ],
  },
  {
    request: 'unpaid orders older than 30 days',
    replies: [
      answer(
        "select id, customer_id, total, ordered_at from orders where paid_at is null and status <> 'cancelled' and ordered_at < '2026-05-31' order by ordered_at, id",
        'Orders from before 31 May 2026 that are not paid.',
      ),
    ],
  },
  {
    request: 'what share of the items was returned, by reason',
    replies: [
      {
        calls: [
          {
            name: 'query_database',
            input: { sql: 'select reason, count(*) from returns group by reason' },
          },
        ],
      },
      answer(
        'select reason, round(100.0 * sum(quantity) / (select sum(quantity) from order_items), 2) as percent from returns group by reason order by 2 desc, 1',
        'Returned items as a percentage of all items, by reason.',
      ),
    ],
  },
];
