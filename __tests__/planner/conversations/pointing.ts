/** Conversations that point back at what was found: by an object, by a place, by whether something holds of it. */
import type { Case } from '../domains/domain.js';

type Conversation = readonly Case[];

const library: readonly Conversation[] = [
  [
    ['Which branches are in Leeds?', `select name from branches where city = 'Leeds'`],
    [
      'which books belong to them?',
      `select title from books b join branches r on r.id = b.branch_id where r.city = 'Leeds'`,
    ],
  ],
  [
    ['Which branches are in Leeds?', `select name from branches where city = 'Leeds'`],
    [
      'what books are in those?',
      `select title from books b join branches r on r.id = b.branch_id where r.city = 'Leeds'`,
    ],
  ],
  [
    ['poetry books', `select title from books where genre = 'Poetry'`],
    [
      'Show the branch of each.',
      `select b.title, r.name from books b join branches r on r.id = b.branch_id where b.genre = 'Poetry'`,
    ],
  ],
  [
    ['books longer than 300 pages', 'select title from books where pages > 300'],
    ['shorter than 300 pages', 'select title from books where pages < 300'],
    ['and longer than 200 pages', 'select title from books where pages < 300 and pages > 200'],
  ],
  [
    ['List the books in Spanish.', `select title from books where language = 'Spanish'`],
    [
      'How many pages do they have on average?',
      `select avg(pages) from books where language = 'Spanish'`,
    ],
    ['and in total?', `select sum(pages) from books where language = 'Spanish'`],
    ['on average', `select avg(pages) from books where language = 'Spanish'`],
  ],
  [
    [
      'books that have no loans',
      'select title from books b where not exists (select from loans l where l.book_id = b.id)',
    ],
    [
      'and the ones that do',
      'select title from books b where exists (select from loans l where l.book_id = b.id)',
    ],
    [
      'those that do not',
      'select title from books b where not exists (select from loans l where l.book_id = b.id)',
    ],
  ],
  [
    ['members from Leeds', `select name from members where city = 'Leeds'`],
    ['drop the inactive ones', `select name from members where city = 'Leeds' and is_active`],
    ['how many are left?', `select count(*) from members where city = 'Leeds' and is_active`],
  ],
  [
    ['number of books per genre', 'select genre, count(*) from books group by genre'],
    [
      'the genre with the most',
      'select genre, count(*) from books group by genre order by count(*) desc, genre limit 1',
    ],
  ],
  [
    ['What is the average price of the books?', 'select avg(price) from books'],
    ['what about the longest one?', 'select title from books order by pages desc limit 1'],
  ],
  [
    ['members who joined after 2021', `select name from members where joined_on >= '2022-01-01'`],
    [
      'and which cities are they from',
      `select name, city from members where joined_on >= '2022-01-01'`,
    ],
  ],
  [
    [
      'Who has the most loans?',
      `select m.name from members m join loans l on l.member_id = m.id group by m.id order by count(*) desc, m.id limit 1`,
    ],
    [
      'and the fewest?',
      `select m.name from members m join loans l on l.member_id = m.id group by m.id order by count(*), m.id limit 1`,
    ],
  ],
  [
    ['books with more than 300 pages', 'select title from books where pages > 300'],
    ['in which languages?', 'select title, language from books where pages > 300'],
  ],
  [
    ['What is the average price of the books?', 'select avg(price) from books'],
    ['show their titles and prices', 'select title, price from books'],
  ],
];

export const pointingConversations: { readonly library: readonly Conversation[] } = { library };
