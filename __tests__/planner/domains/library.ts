/** A lending library: snake case, comments, a many-to-many table, declared keys. */
import type { Domain } from './domain.js';

export const library: Domain = {
  name: 'library',
  today: '2025-06-15',
  sql: [
    `create table branches (id int primary key, name text not null, city text not null, opened_on date)`,
    `create table authors (id int primary key, first_name text not null, last_name text not null, country text, birth_date date)`,
    `create table books (
      id int primary key, title text not null, genre text not null, pages int not null, price numeric(8,2),
      published_on date not null, language text not null, branch_id int not null references branches)`,
    `create table book_authors (book_id int not null references books, author_id int not null references authors, primary key (book_id, author_id))`,
    `create table members (
      id int primary key, name text not null, email text unique, city text not null, joined_on date not null,
      is_active boolean not null, referred_by int references members)`,
    `create table loans (
      id int primary key, book_id int not null references books, member_id int not null references members,
      loaned_on date not null, due_on date not null, returned_on date, fine numeric(6,2) not null default 0)`,
    `comment on column loans.fine is 'Charge for a late return in euros'`,
    `comment on column loans.returned_on is 'Null while the book is still out'`,
    `insert into branches values (1,'Central','Leeds','1990-05-01'),(2,'Riverside','York','2001-09-15'),(3,'Hilltop','Leeds','2015-03-20')`,
    `insert into authors values
      (1,'Mira','Voss','Germany','1961-02-11'),(2,'Tom','Hale','England','1975-07-30'),(3,'Ines','Prado','Spain','1980-12-05'),
      (4,'Olu','Adeyemi','Nigeria','1958-04-22'),(5,'Ana','Prado','Spain',null)`,
    `insert into books
      select i, (array['Silent Harbor','The Glass Orchard','Night Trains','Winter Bread','Paper Moons','A Field Guide to Rain','Salt Roads','The Ninth Bell','Copper Sky','Little Engines','Blue Ledger','Stone Letters'])[i],
        (array['Fiction','History','Poetry','Science'])[1 + i % 4], 80 + (i * 137) % 500, case when i % 5 = 0 then null else 5 + (i * 3.5)::numeric(8,2) end,
        date '1985-01-10' + i * 1201, (array['English','Spanish','German'])[1 + i % 3], 1 + i % 3
      from generate_series(1, 12) i`,
    `insert into book_authors select i, 1 + i % 4 from generate_series(1, 12) i union select i, 1 + (i + 1) % 4 from generate_series(1, 12, 3) i`,
    `insert into members
      select i, (array['Ann Bell','Bob Carr','Cleo Diaz','Dan Ekman','Eve Fox','Finn Gale','Gus Hill','Hana Ito','Ivo Jung','Jo Kerr'])[i],
        case when i = 7 then null else 'm' || i || '@example.org' end, (array['Leeds','York','Hull'])[1 + i % 3],
        date '2019-02-01' + i * 190, i % 4 <> 0, case when i > 6 then i - 6 end
      from generate_series(1, 10) i`,
    `insert into loans
      select i, 1 + (i * 7) % 11, 1 + (i * i) % 9, date '2023-01-05' + i * 11, date '2023-01-26' + i * 11,
        case when i % 6 = 0 then null else date '2023-01-05' + i * 11 + 5 + i % 30 end, case when i % 4 = 0 then (i % 7) * 0.5 else 0 end
      from generate_series(1, 80) i`,
  ],
  cases: [
    [
      'members who borrowed all books',
      'select * from members m where not exists (select from books b where not exists (select from loans l where l.book_id = b.id and l.member_id = m.id))',
    ],
    ['loans not yet returned', 'select * from loans where returned_on is null'],
    ['unreturned loans', 'select * from loans where returned_on is null'],
    [
      'loans due in May 2023',
      `select * from loans where due_on >= '2023-05-01' and due_on < '2023-06-01'`,
    ],
    [
      'books nobody borrowed',
      'select title from books b where not exists (select from loans l where l.book_id = b.id)',
    ],
    ['loans returned after the due date', 'select * from loans where returned_on > due_on'],
    [
      'the names of branches containing both fiction and poetry books',
      `select name from branches b where exists (select from books where branch_id = b.id and genre = 'Fiction') and exists (select from books where branch_id = b.id and genre = 'Poetry')`,
    ],
    ['how many books are there', 'select count(*) from books'],
    ['How many members live in Leeds?', `select count(*) from members where city = 'Leeds'`],
    ['list all branches', 'select name from branches'],
    ['titles of books in Spanish', `select title from books where language = 'Spanish'`],
    ['What are the titles and genres of all books?', 'select title, genre from books'],
    ['books with more than 300 pages', 'select title from books where pages > 300'],
    ['how many poetry books do we have', `select count(*) from books where genre = 'Poetry'`],
    [
      'the 3 longest books by pages',
      'select title, pages from books order by pages desc, id limit 3',
    ],
    ['average price of books', 'select avg(price) from books'],
    ['average number of pages per genre', 'select genre, avg(pages) from books group by genre'],
    ['number of books per language', 'select language, count(*) from books group by language'],
    [
      'number of loans per month in 2024',
      `select date_trunc('month', loaned_on)::date, count(*) from loans where loaned_on >= '2024-01-01' and loaned_on < '2025-01-01' group by 1`,
    ],
    [
      'how many loans per year',
      'select extract(year from loaned_on)::int, count(*) from loans group by 1',
    ],
    [
      'which member has the most loans?',
      'select m.name from members m join loans l on l.member_id = m.id group by m.id order by count(*) desc, m.id limit 1',
    ],
    [
      'top 3 members by number of loans',
      'select m.name, count(*) from members m join loans l on l.member_id = m.id group by m.id order by 2 desc, m.id limit 3',
    ],
    [
      'members who have never borrowed a book',
      'select name from members m where not exists (select from loans l where l.member_id = m.id)',
    ],
    ['members without an email', 'select name from members where email is null'],
    ['members with an email', 'select name from members where email is not null'],
    [
      'books that were never loaned',
      'select title from books b where not exists (select from loans l where l.book_id = b.id)',
    ],
    ['books without a price', 'select title from books where price is null'],
    ['active members', 'select name from members where is_active'],
    ['inactive members in York', `select name from members where not is_active and city = 'York'`],
    ['members who are not active', 'select name from members where not is_active'],
    [
      'total fines per member',
      'select m.name, sum(l.fine) from members m join loans l on l.member_id = m.id group by m.id',
    ],
    [
      'total fine in 2024',
      `select sum(fine) from loans where loaned_on >= '2024-01-01' and loaned_on < '2025-01-01'`,
    ],
    [
      'books by Ines Prado',
      `select title from books b where exists (select from book_authors ba join authors a on a.id = ba.author_id where ba.book_id = b.id and a.first_name = 'Ines' and a.last_name = 'Prado')`,
    ],
    [
      'how many books did Olu Adeyemi write',
      `select count(*) from books b where exists (select from book_authors ba join authors a on a.id = ba.author_id where ba.book_id = b.id and a.first_name = 'Olu' and a.last_name = 'Adeyemi')`,
    ],
    ['authors from Spain', `select first_name, last_name from authors where country = 'Spain'`],
    ['Spanish authors', `select first_name, last_name from authors where country = 'Spain'`],
    [
      'number of books per author',
      'select a.first_name, a.last_name, count(*) from authors a join book_authors ba on ba.author_id = a.id group by a.id',
    ],
    [
      'authors with more than 4 books',
      'select first_name, last_name from authors a where (select count(*) from book_authors ba where ba.author_id = a.id) > 4',
    ],
    ['the oldest author', 'select first_name, last_name from authors order by birth_date limit 1'],
    [
      'authors born after 1970',
      `select first_name, last_name from authors where birth_date >= '1971-01-01'`,
    ],
    [
      'authors without a birth date',
      'select first_name, last_name from authors where birth_date is null',
    ],
    ['books published before 2000', `select title from books where published_on < '2000-01-01'`],
    [
      'books published between 2000 and 2010',
      `select title from books where published_on >= '2000-01-01' and published_on < '2011-01-01'`,
    ],
    [
      'books published in the 1990s',
      `select title from books where published_on >= '1990-01-01' and published_on < '2000-01-01'`,
    ],
    ['the latest book', 'select title from books order by published_on desc limit 1'],
    ['books whose title starts with The', `select title from books where title ilike 'The%'`],
    [
      'books whose title contains "letters"',
      `select title from books where title ilike '%letters%'`,
    ],
    ['loans that have not been returned', 'select * from loans where returned_on is null'],
    ['how many loans were returned', 'select count(*) from loans where returned_on is not null'],
    [
      'how many loans were made in the last 90 days',
      `select count(*) from loans where loaned_on >= date '2025-06-15' - 90 and loaned_on <= '2025-06-15'`,
    ],
    ['loans since March 2025', `select * from loans where loaned_on >= '2025-03-01'`],
    ['how many different genres are there', 'select count(distinct genre) from books'],
    ['which cities do members come from', 'select distinct city from members'],
    ['list the different languages of books', 'select distinct language from books'],
    [
      'number of books in each branch',
      'select br.name, count(*) from branches br join books b on b.branch_id = br.id group by br.id',
    ],
    [
      'books in the Riverside branch',
      `select title from books b join branches br on br.id = b.branch_id where br.name = 'Riverside'`,
    ],
    [
      'which branch has the fewest books',
      'select br.name from branches br join books b on b.branch_id = br.id group by br.id order by count(*), br.id limit 1',
    ],
    [
      'members who borrowed Night Trains',
      `select name from members m where exists (select from loans l join books b on b.id = l.book_id where l.member_id = m.id and b.title = 'Night Trains')`,
    ],
    [
      'members who borrowed a book in 2024',
      `select name from members m where exists (select from loans l where l.member_id = m.id and l.loaned_on >= '2024-01-01' and l.loaned_on < '2025-01-01')`,
    ],
    [
      'name and email of members in Hull sorted by name',
      `select name, email from members where city = 'Hull' order by name`,
    ],
    [
      'books ordered by price from highest to lowest',
      'select title from books order by price desc nulls last, id',
    ],
    ['what is the highest price of a book', 'select max(price) from books'],
    [
      'what is the minimum and maximum number of pages of books',
      'select min(pages), max(pages) from books',
    ],
    ['books cheaper than 20', 'select title from books where price < 20'],
    ['books priced between 10 and 25', 'select title from books where price between 10 and 25'],
    [
      'books more expensive than the average',
      'select title from books where price > (select avg(price) from books)',
    ],
    [
      'average number of loans per member',
      'select avg(n) from (select count(*) n from loans group by member_id) t',
    ],
    [
      'title and branch of each book',
      'select b.title, br.name from books b join branches br on br.id = b.branch_id',
    ],
    [
      'how many members joined in 2021 or 2022',
      `select count(*) from members where joined_on >= '2021-01-01' and joined_on < '2023-01-01'`,
    ],
    ['members from Leeds or York', `select name from members where city in ('Leeds', 'York')`],
    ['members not from Leeds', `select name from members where city <> 'Leeds'`],
    ['when was the last loan', 'select max(loaned_on) from loans'],
    ['what is the email of Eve Fox', `select email from members where name = 'Eve Fox'`],
    [
      'which genre has the most books',
      'select genre from books group by genre order by count(*) desc, genre limit 1',
    ],
    [
      'total number of pages of fiction books',
      `select sum(pages) from books where genre = 'Fiction'`,
    ],
    [
      'members referred by Ann Bell',
      `select m.name from members m join members r on r.id = m.referred_by where r.name = 'Ann Bell'`,
    ],
  ],
  refusals: [
    ['books per branch including branches without books', /without|belong/],
    ['authors born in March', /year/],
    ['overdue loans', /overdue/],
    ['how many dragons are there', /dragons/],
    ['books about quantum gravity', /quantum|gravity/],
    ['hello', /hello|belong/],
    ['what is the weather in Leeds', /weather/],
    ['books from Atlantis', /Atlantis/],
    ['which book is the tastiest', /tastiest/],
    ['show me the salaries of members', /salaries/],
    ['average of loans', /average|compute|per/],
    ['only the active ones', /refer/],
    ['and in 2024?', /refer/],
    ['top members', /ranked|clear/],
    ['revenue by branch', /revenue/],
  ],
  talks: [
    [
      ['list members from Leeds', `select name from members where city = 'Leeds'`],
      ['only the active ones', `select name from members where city = 'Leeds' and is_active`],
      ['and their emails', `select name, email from members where city = 'Leeds' and is_active`],
      [
        'sort by name',
        `select name, email from members where city = 'Leeds' and is_active order by name`,
      ],
    ],
    [
      [
        'how many loans were there in 2023',
        `select count(*) from loans where loaned_on >= '2023-01-01' and loaned_on < '2024-01-01'`,
      ],
      [
        'and in 2024?',
        `select count(*) from loans where loaned_on >= '2024-01-01' and loaned_on < '2025-01-01'`,
      ],
      [
        'per month',
        `select date_trunc('month', loaned_on)::date, count(*) from loans where loaned_on >= '2024-01-01' and loaned_on < '2025-01-01' group by 1`,
      ],
      [
        'per quarter instead',
        `select date_trunc('quarter', loaned_on)::date, count(*) from loans where loaned_on >= '2024-01-01' and loaned_on < '2025-01-01' group by 1`,
      ],
    ],
    [
      ['books in English', `select title from books where language = 'English'`],
      ['what about Spanish', `select title from books where language = 'Spanish'`],
      ['how many are there', `select count(*) from books where language = 'Spanish'`],
      ['which ones', `select title from books where language = 'Spanish'`],
      [
        'the 2 cheapest ones',
        `select title from books where language = 'Spanish' order by price, id limit 2`,
      ],
    ],
    [
      ['number of books per genre', 'select genre, count(*) from books group by genre'],
      [
        'only in the Central branch',
        `select b.genre, count(*) from books b join branches br on br.id = b.branch_id where br.name = 'Central' group by b.genre`,
      ],
      [
        'by language instead',
        `select b.language, count(*) from books b join branches br on br.id = b.branch_id where br.name = 'Central' group by b.language`,
      ],
    ],
  ],
};
