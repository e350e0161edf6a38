/** Conversations in which a follow-up says two things, tells something beside what is shown, or names a column bare. */
import type { Case } from '../domains/domain.js';

type Conversation = readonly Case[];

const library: readonly Conversation[] = [
  [
    ['how many books are there per genre', 'select genre, count(*) from books group by genre'],
    [
      'only the Spanish ones',
      `select genre, count(*) from books where language = 'Spanish' group by genre`,
    ],
    [
      'and the average pages as well',
      `select genre, count(*), avg(pages) from books where language = 'Spanish' group by genre`,
    ],
  ],
  [
    ['average price of books per genre', 'select genre, avg(price) from books group by genre'],
    ['same for pages', 'select genre, avg(pages) from books group by genre'],
    ['sort that descending', 'select genre, avg(pages) from books group by genre order by 2 desc'],
  ],
  [
    ['books in Spanish', `select title from books where language = 'Spanish'`],
    ['pages above 200', `select title from books where language = 'Spanish' and pages > 200`],
    [
      'add the pages, in descending order',
      `select title, pages from books where language = 'Spanish' and pages > 200 order by pages desc`,
    ],
    [
      'the pages do not matter, but they must be cheaper than 30',
      `select title, pages from books where language = 'Spanish' and price < 30 order by pages desc`,
    ],
    [
      'from the most expensive down',
      `select title, pages from books where language = 'Spanish' and price < 30 order by price desc`,
    ],
  ],
  [
    ['books with more than 400 pages', 'select title from books where pages > 400'],
    [
      'in which branch? add its name',
      'select b.title, r.name from books b join branches r on r.id = b.branch_id where b.pages > 400',
    ],
  ],
  [
    ['books with more than 300 pages', 'select title from books where pages > 300'],
    [
      'show me the branch for each',
      'select b.title, r.name from books b join branches r on r.id = b.branch_id where b.pages > 300',
    ],
  ],
  [
    ['poetry books', `select title from books where genre = 'Poetry'`],
    [
      'who are the authors',
      `select first_name, last_name from authors a where exists (select from book_authors x join books b on b.id = x.book_id where x.author_id = a.id and b.genre = 'Poetry')`,
    ],
  ],
  [
    [
      'number of loans per member',
      'select m.name, count(*) from loans l join members m on m.id = l.member_id group by m.id',
    ],
    [
      'more than 8 only',
      'select m.name, count(*) from loans l join members m on m.id = l.member_id group by m.id having count(*) > 8',
    ],
  ],
  [
    ['authors from Germany', `select first_name, last_name from authors where country = 'Germany'`],
    ['and the Nigerians?', `select first_name, last_name from authors where country = 'Nigeria'`],
    [
      'with the birth date pls',
      `select first_name, last_name, birth_date from authors where country = 'Nigeria'`,
    ],
  ],
];

export const furtherConversations: { readonly library: readonly Conversation[] } = { library };
