/** More conversations, in other words. */
import type { Case } from '../domains/domain.js';

type Conversation = readonly Case[];

const library: readonly Conversation[] = [
  [
    ['Which members live in Leeds?', `select name from members where city = 'Leeds'`],
    ['York, too', `select name from members where city in ('Leeds', 'York')`],
    [
      'add the date they joined, newest first',
      `select name, joined_on from members where city in ('Leeds', 'York') order by joined_on desc`,
    ],
    ['any city is fine', 'select name, joined_on from members order by joined_on desc'],
  ],
  [
    ['Show the title and the pages of every book.', 'select title, pages from books'],
    ['the two with the most pages', 'select title, pages from books order by pages desc limit 2'],
    [
      'with the name of the branch',
      'select b.title, b.pages, r.name from books b join branches r on r.id = b.branch_id order by b.pages desc limit 2',
    ],
  ],
  [
    ['What is the average number of pages of the books?', 'select avg(pages) from books'],
    ['for each genre', 'select genre, avg(pages) from books group by genre'],
    ['maximum rather than average', 'select genre, max(pages) from books group by genre'],
  ],
  [
    [
      'titles of books published before 2000',
      `select title from books where published_on < '2000-01-01'`,
    ],
    ['before 2010, rather', `select title from books where published_on < '2010-01-01'`],
    [
      'nothing above 300 pages',
      `select title from books where published_on < '2010-01-01' and not pages > 300`,
    ],
  ],
  [
    [
      'titles and prices of the German books',
      `select title, price from books where language = 'German'`,
    ],
    [
      'most expensive first',
      `select title, price from books where language = 'German' order by price desc nulls last`,
    ],
    [
      'just the top 2',
      `select title, price from books where language = 'German' order by price desc nulls last limit 2`,
    ],
    [
      'genres instead of prices',
      `select title, genre from books where language = 'German' order by price desc nulls last limit 2`,
    ],
  ],
  [
    ['Which branches are in Leeds?', `select name from branches where city = 'Leeds'`],
    ['with their opening dates', `select name, opened_on from branches where city = 'Leeds'`],
    ['add the city', `select name, opened_on, city from branches where city = 'Leeds'`],
    ['drop the city', `select name, opened_on from branches where city = 'Leeds'`],
  ],
  [
    ['number of books per genre', 'select genre, count(*) from books group by genre'],
    [
      'drop the ones in Spanish',
      `select genre, count(*) from books where language <> 'Spanish' group by genre`,
    ],
    [
      'sorted by it, highest first',
      `select genre, count(*) from books where language <> 'Spanish' group by genre order by count(*) desc, genre`,
    ],
  ],
  [
    [
      'average pages of the books by language',
      'select language, avg(pages) from books group by language',
    ],
    ['maximum instead of average', 'select language, max(pages) from books group by language'],
  ],
  [
    ['Which book has the most pages?', 'select title from books order by pages desc limit 1'],
    ['and the highest price?', 'select title from books order by price desc nulls last limit 1'],
    ['the fewest pages', 'select title from books order by pages limit 1'],
  ],
  [
    ['titles of the poetry books', `select title from books where genre = 'Poetry'`],
    ['show the language as well', `select title, language from books where genre = 'Poetry'`],
    [
      'highest price first',
      `select title, language from books where genre = 'Poetry' order by price desc nulls last`,
    ],
  ],
  [
    ['Find all the books written in German.', `select title from books where language = 'German'`],
    ['What are their genres?', `select genre from books where language = 'German'`],
    ['How about the ones in English?', `select genre from books where language = 'English'`],
  ],
  [
    [
      'Tell me the titles of the books published after 2000.',
      `select title from books where published_on >= '2001-01-01'`,
    ],
    [
      'Of those, which ones have more than 200 pages?',
      `select title from books where published_on >= '2001-01-01' and pages > 200`,
    ],
    [
      'Order these by title.',
      `select title from books where published_on >= '2001-01-01' and pages > 200 order by title`,
    ],
    [
      'Give me only the first 3.',
      `select title from books where published_on >= '2001-01-01' and pages > 200 order by title limit 3`,
    ],
  ],
  [
    ['How many loans have a fine above 1?', 'select count(*) from loans where fine > 1'],
    ['What is the total of those fines?', 'select sum(fine) from loans where fine > 1'],
    ['And the average?', 'select avg(fine) from loans where fine > 1'],
  ],
  [
    [
      'Which member has the most loans?',
      'select m.name from members m join loans l on l.member_id = m.id group by m.id order by count(*) desc, m.id limit 1',
    ],
    [
      'Where does that member live?',
      'select m.city from members m join loans l on l.member_id = m.id group by m.id order by count(*) desc, m.id limit 1',
    ],
  ],
];
const clinic: readonly Conversation[] = [];
const school: readonly Conversation[] = [
  [
    [
      'What courses are offered by the Biology department?',
      `select "Title" from "Courses" join "Departments" using ("DepartmentId") where "Name" = 'Biology'`,
    ],
    [
      'How many credits does each have?',
      `select "Title", "Credits" from "Courses" join "Departments" using ("DepartmentId") where "Name" = 'Biology'`,
    ],
  ],
  [
    ['List all teachers with their age', 'select "FirstName", "LastName", "Age" from "Teachers"'],
    [
      'Only those over 40',
      'select "FirstName", "LastName", "Age" from "Teachers" where "Age" > 40',
    ],
    [
      'Sort by age, oldest first',
      'select "FirstName", "LastName", "Age" from "Teachers" where "Age" > 40 order by "Age" desc',
    ],
    [
      'Remove the age filter',
      'select "FirstName", "LastName", "Age" from "Teachers" order by "Age" desc',
    ],
  ],
  [
    [
      'How many students come from Turin?',
      `select count(*) from "Students" where "HomeTown" = 'Turin'`,
    ],
    [
      'And how many of them have a scholarship?',
      `select count(*) from "Students" where "HomeTown" = 'Turin' and "HasScholarship"`,
    ],
    [
      'What are their names?',
      `select "FullName" from "Students" where "HomeTown" = 'Turin' and "HasScholarship"`,
    ],
  ],
  [
    ['What is the highest salary among teachers?', 'select max("Salary") from "Teachers"'],
    ['the lowest?', 'select min("Salary") from "Teachers"'],
    [
      'per department',
      'select d."Name", min(t."Salary") from "Teachers" t join "Departments" d using ("DepartmentId") group by d."DepartmentId"',
    ],
  ],
];
const airline: readonly Conversation[] = [
  [
    [
      'Number of bookings per passenger',
      'select p.full_name, count(*) from ops.bookings b join ops.passengers p on p.id = b.passenger_id group by p.id',
    ],
    [
      'just for Austrian passengers',
      `select p.full_name, count(*) from ops.bookings b join ops.passengers p on p.id = b.passenger_id where p.nationality = 'Austrian' group by p.id`,
    ],
    [
      'and French ones?',
      `select p.full_name, count(*) from ops.bookings b join ops.passengers p on p.id = b.passenger_id where p.nationality = 'French' group by p.id`,
    ],
  ],
  [
    ['list aircraft built before 2015', 'select * from ops.aircraft where built_year < 2015'],
    [
      'just their models and capacities',
      'select model, capacity from ops.aircraft where built_year < 2015',
    ],
    [
      'which has the largest capacity?',
      'select model, capacity from ops.aircraft where built_year < 2015 order by capacity desc limit 1',
    ],
  ],
];
const helpdesk: readonly Conversation[] = [
  [
    [
      'How many tickets were opened in March 2024?',
      `select count(*) from tickets where opened_at >= '2024-03-01' and opened_at < '2024-04-01'`,
    ],
    [
      'and the month before?',
      `select count(*) from tickets where opened_at >= '2024-02-01' and opened_at < '2024-03-01'`,
    ],
    ['how many agents are there?', 'select count(*) from agents'],
    ['list them', 'select name from agents'],
  ],
  [
    ['average hourly rate of agents', 'select avg(hourly_rate) from agents'],
    [
      'by team',
      'select t.name, avg(a.hourly_rate) from agents a join teams t on t.id = a.team_id group by t.id',
    ],
    [
      'which team has the lowest',
      'select t.name, avg(a.hourly_rate) from agents a join teams t on t.id = a.team_id group by t.id order by 2 limit 1',
    ],
  ],
];
const shop: readonly Conversation[] = [
  [
    [
      'total revenue by country',
      'select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id group by 1',
    ],
    [
      'limit to the top 5',
      'select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id group by 1 order by 2 desc limit 5',
    ],
    [
      'only for 2025',
      `select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id where o.ordered_at >= '2025-01-01' and o.ordered_at < '2026-01-01' group by 1 order by 2 desc limit 5`,
    ],
  ],
  [
    [
      'how many orders were placed in 2025',
      `select count(*) from orders where ordered_at >= '2025-01-01' and ordered_at < '2026-01-01'`,
    ],
    [
      'the year before',
      `select count(*) from orders where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01'`,
    ],
    [
      'excluding cancelled ones',
      `select count(*) from orders where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01' and status <> 'cancelled'`,
    ],
    [
      'by month',
      `select date_trunc('month', ordered_at)::date, count(*) from orders where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01' and status <> 'cancelled' group by 1`,
    ],
  ],
  [
    ['products cheaper than 10', 'select name from products where price < 10'],
    ['what about between 10 and 15', 'select name from products where price between 10 and 15'],
    [
      'show price and stock too',
      'select name, price, stock from products where price between 10 and 15',
    ],
    [
      'sort by stock descending',
      'select name, price, stock from products where price between 10 and 15 order by stock desc',
    ],
  ],
];
export const moreConversations = { library, clinic, school, airline, helpdesk, shop };
