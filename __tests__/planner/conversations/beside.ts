/** Conversations in which what was there must not get lost: what is told beside it, of all that is computed, left out one by one. */
import type { Case } from '../domains/domain.js';

type Conversation = readonly Case[];

const library: readonly Conversation[] = [
  [
    ['list all books', 'select title from books'],
    [
      'with the branch',
      'select b.title, r.name from books b join branches r on r.id = b.branch_id',
    ],
  ],
  [
    ['members in Leeds', `select name from members where city = 'Leeds'`],
    [
      'add the number of loans',
      `select m.name, count(*) from members m join loans l on l.member_id = m.id where m.city = 'Leeds' group by m.id`,
    ],
  ],
  [
    ['average price of books per genre', 'select genre, avg(price) from books group by genre'],
    ['and the number of books', 'select genre, avg(price), count(*) from books group by genre'],
    [
      'only the Spanish ones',
      `select genre, avg(price), count(*) from books where language = 'Spanish' group by genre`,
    ],
    [
      'without history',
      `select genre, avg(price), count(*) from books where language = 'Spanish' and genre <> 'History' group by genre`,
    ],
    [
      'and without poetry',
      `select genre, avg(price), count(*) from books where language = 'Spanish' and genre not in ('History', 'Poetry') group by genre`,
    ],
    [
      'poetry too',
      `select genre, avg(price), count(*) from books where language = 'Spanish' and genre <> 'History' group by genre`,
    ],
  ],
  [
    [
      'number of books per branch',
      `select r.name, count(*) from books b join branches r on r.id = b.branch_id group by r.id`,
    ],
    [
      'and the total pages',
      `select r.name, count(*), sum(pages) from books b join branches r on r.id = b.branch_id group by r.id`,
    ],
    [
      'order by pages descending',
      `select r.name, count(*), sum(pages) from books b join branches r on r.id = b.branch_id group by r.id order by 3 desc`,
    ],
    [
      'only those with more than 3 books',
      `select r.name, count(*), sum(pages) from books b join branches r on r.id = b.branch_id group by r.id having count(*) > 3 order by 3 desc`,
    ],
  ],
  [
    [
      'titles and pages of the books in German',
      `select title, pages from books where language = 'German'`,
    ],
    ['sort by pages', `select title, pages from books where language = 'German' order by pages`],
    [
      'the top two',
      `select title, pages from books where language = 'German' order by pages desc limit 2`,
    ],
  ],
  [
    [
      'titles and pages of the books in German',
      `select title, pages from books where language = 'German'`,
    ],
    ['smallest first', `select title, pages from books where language = 'German' order by pages`],
    [
      'the top two',
      `select title, pages from books where language = 'German' order by pages limit 2`,
    ],
  ],
  [
    [
      'titles and pages of the books in German',
      `select title, pages from books where language = 'German'`,
    ],
    ['the average pages instead', `select avg(pages) from books where language = 'German'`],
  ],
  [
    ['how many members are from Leeds', `select count(*) from members where city = 'Leeds'`],
    [
      'which of those have never had a loan',
      `select name from members m where city = 'Leeds' and not exists (select from loans l where l.member_id = m.id)`,
    ],
    [
      'everywhere but Leeds',
      `select name from members m where city <> 'Leeds' and not exists (select from loans l where l.member_id = m.id)`,
    ],
  ],
  [
    ['books with more than 100 pages', 'select title from books where pages > 100'],
    ['and less than 400', 'select title from books where pages > 100 and pages < 400'],
    ['what about less than 300', 'select title from books where pages > 100 and pages < 300'],
    ['what are their pages', 'select pages from books where pages > 100 and pages < 300'],
    [
      'which one is the cheapest',
      'select title from books where pages > 100 and pages < 300 order by price limit 1',
    ],
  ],
  [
    ['number of books per genre', 'select genre, count(*) from books group by genre'],
    ['and per language', 'select genre, language, count(*) from books group by genre, language'],
    ['by language instead', 'select language, count(*) from books group by language'],
    ['also by genre', 'select genre, language, count(*) from books group by genre, language'],
  ],
  [
    ['average pages of books per genre', 'select genre, avg(pages) from books group by genre'],
    [
      'only genres with more than 2 books',
      'select genre, avg(pages) from books group by genre having count(*) > 2',
    ],
  ],
  [
    ['pages of the books in Spanish', `select pages from books where language = 'Spanish'`],
    ['and the average', `select avg(pages) from books where language = 'Spanish'`],
  ],
];

export const besideConversations: { readonly library: readonly Conversation[] } = { library };
