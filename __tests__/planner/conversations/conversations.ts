/** Conversations over the domains: each request in turn with the SQL whose rows are right. */
import type { Case } from '../domains/domain.js';

type Conversation = readonly Case[];

const library: readonly Conversation[] = [
  [
    [
      'show the title and price of books in Spanish',
      `select title, price from books where language = 'Spanish'`,
    ],
    [
      'which of them are cheaper than 30?',
      `select title, price from books where language = 'Spanish' and price < 30`,
    ],
    [
      'sort them by price',
      `select title, price from books where language = 'Spanish' and price < 30 order by price`,
    ],
    [
      'the other way round',
      `select title, price from books where language = 'Spanish' and price < 30 order by price desc`,
    ],
  ],
  [
    ['list the names of members from York', `select name from members where city = 'York'`],
    ['and their emails', `select name, email from members where city = 'York'`],
    [
      'how many of them are active?',
      `select count(*) from members where city = 'York' and is_active`,
    ],
    ['what about Leeds?', `select count(*) from members where city = 'Leeds' and is_active`],
  ],
  [
    [
      'what are the titles of the books in the Central branch',
      `select b.title from books b join branches r on r.id = b.branch_id where r.name = 'Central'`,
    ],
    [
      'what is the average price of these books?',
      `select avg(b.price) from books b join branches r on r.id = b.branch_id where r.name = 'Central'`,
    ],
    [
      'and the maximum?',
      `select max(b.price) from books b join branches r on r.id = b.branch_id where r.name = 'Central'`,
    ],
  ],
  [
    [
      'which book is the most expensive',
      `select title from books order by price desc nulls last limit 1`,
    ],
    ['how many pages', `select pages from books order by price desc nulls last limit 1`],
  ],
  [
    [
      'how many loans does each member have',
      `select m.name, count(l.id) from members m join loans l on l.member_id = m.id group by m.id`,
    ],
    [
      'only members from Hull',
      `select m.name, count(l.id) from members m join loans l on l.member_id = m.id where m.city = 'Hull' group by m.id`,
    ],
    [
      'which one has the most?',
      `select m.name, count(l.id) from members m join loans l on l.member_id = m.id where m.city = 'Hull' group by m.id order by 2 desc, m.id limit 1`,
    ],
  ],
  [
    [
      'list all authors from Spain',
      `select first_name, last_name from authors where country = 'Spain'`,
    ],
    ['how many are there?', `select count(*) from authors where country = 'Spain'`],
    ['and from Germany?', `select count(*) from authors where country = 'Germany'`],
    ['how many books are there?', 'select count(*) from books'],
  ],
  [
    ['show titles of books with more than 300 pages', 'select title from books where pages > 300'],
    ['make it 400', 'select title from books where pages > 400'],
    ['only in English', `select title from books where pages > 400 and language = 'English'`],
    [
      'show me also the price',
      `select title, price from books where pages > 400 and language = 'English'`,
    ],
  ],
  [
    ['number of books per genre', 'select genre, count(*) from books group by genre'],
    [
      'sort by count descending',
      'select genre, count(*) from books group by genre order by 2 desc',
    ],
    [
      'only those with more than 2',
      'select genre, count(*) from books group by genre having count(*) > 2',
    ],
  ],
  [
    ['average price per language', 'select language, avg(price) from books group by language'],
    ['the maximum instead', 'select language, max(price) from books group by language'],
    ['per genre instead', 'select genre, max(price) from books group by genre'],
  ],
  [
    ['members who joined after 2021', `select name from members where joined_on >= '2022-01-01'`],
    ['when did they join', `select joined_on from members where joined_on >= '2022-01-01'`],
  ],
  [
    ['how many members are active', 'select count(*) from members where is_active'],
    ['and inactive?', 'select count(*) from members where not is_active'],
    ['who are they?', 'select name from members where not is_active'],
  ],
];

const clinic: readonly Conversation[] = [
  [
    ['list the names of the doctors', 'select doc_nm from tbl_doc'],
    ['with their salaries', 'select doc_nm, sal from tbl_doc'],
    ['sort by salary, highest first', 'select doc_nm, sal from tbl_doc order by sal desc'],
    ['just the top 3', 'select doc_nm, sal from tbl_doc order by sal desc limit 3'],
  ],
  [
    ['how many patients are there', 'select count(*) from tbl_pat'],
    ['in Bonn?', `select count(*) from tbl_pat where city = 'Bonn'`],
    ['or Kiel', `select count(*) from tbl_pat where city in ('Bonn', 'Kiel')`],
  ],
  [
    [
      'how many appointments were cancelled in 2024',
      `select count(*) from tbl_appt where stat = 'cancelled' and appt_dt >= '2024-01-01' and appt_dt < '2025-01-01'`,
    ],
    [
      'what about completed ones?',
      `select count(*) from tbl_appt where stat = 'completed' and appt_dt >= '2024-01-01' and appt_dt < '2025-01-01'`,
    ],
    [
      'break that down by month',
      `select date_trunc('month', appt_dt)::date, count(*) from tbl_appt where stat = 'completed' and appt_dt >= '2024-01-01' and appt_dt < '2025-01-01' group by 1`,
    ],
  ],
  [
    ['what is the total fee of appointments', 'select sum(fee_amt) from tbl_appt'],
    [
      'by doctor',
      'select d.doc_nm, sum(a.fee_amt) from tbl_appt a join tbl_doc d using (doc_id) group by d.doc_id, d.doc_nm',
    ],
    [
      'only completed appointments',
      `select d.doc_nm, sum(a.fee_amt) from tbl_appt a join tbl_doc d using (doc_id) where a.stat = 'completed' group by d.doc_id, d.doc_nm`,
    ],
    [
      'the average instead',
      `select d.doc_nm, avg(a.fee_amt) from tbl_appt a join tbl_doc d using (doc_id) where a.stat = 'completed' group by d.doc_id, d.doc_nm`,
    ],
  ],
  [
    ['patients from Ulm', `select pat_nm from tbl_pat where city = 'Ulm'`],
    [
      'how many appointments do they have?',
      `select count(*) from tbl_appt a join tbl_pat p using (pat_id) where p.city = 'Ulm'`,
    ],
    [
      'only the cancelled ones',
      `select count(*) from tbl_appt a join tbl_pat p using (pat_id) where p.city = 'Ulm' and a.stat = 'cancelled'`,
    ],
  ],
  [
    [
      'doctors in the Surgery department',
      `select doc_nm from tbl_doc join tbl_dept using (dept_id) where dept_nm = 'Surgery'`,
    ],
    [
      'which of these earns the most',
      `select doc_nm from tbl_doc join tbl_dept using (dept_id) where dept_nm = 'Surgery' order by sal desc limit 1`,
    ],
  ],
];

const school: readonly Conversation[] = [
  [
    ['what is the average salary of teachers', 'select avg("Salary") from "Teachers"'],
    [
      'in each department?',
      'select d."Name", avg(t."Salary") from "Teachers" t join "Departments" d using ("DepartmentId") group by d."DepartmentId"',
    ],
    [
      'which department has the highest?',
      'select d."Name", avg(t."Salary") from "Teachers" t join "Departments" d using ("DepartmentId") group by d."DepartmentId" order by 2 desc limit 1',
    ],
  ],
  [
    [
      'show all courses with at least 5 credits',
      'select "Title" from "Courses" where "Credits" >= 5',
    ],
    [
      'who teaches them?',
      'select distinct t."FirstName", t."LastName" from "Courses" c join "Teachers" t using ("TeacherId") where c."Credits" >= 5',
    ],
  ],
  [
    [
      'list the full names of students from Oslo',
      `select "FullName" from "Students" where "HomeTown" = 'Oslo'`,
    ],
    [
      'those with a scholarship',
      `select "FullName" from "Students" where "HomeTown" = 'Oslo' and "HasScholarship"`,
    ],
    [
      'without a scholarship',
      `select "FullName" from "Students" where "HomeTown" = 'Oslo' and not "HasScholarship"`,
    ],
    [
      'also their birth dates',
      `select "FullName", "BirthDate" from "Students" where "HomeTown" = 'Oslo' and not "HasScholarship"`,
    ],
  ],
  [
    [
      'who is the oldest teacher',
      'select "FirstName", "LastName" from "Teachers" order by "Age" desc limit 1',
    ],
    ['what is his salary', 'select "Salary" from "Teachers" order by "Age" desc limit 1'],
    ['and the youngest?', 'select "Salary" from "Teachers" order by "Age" limit 1'],
  ],
  [
    [
      'how many students are enrolled in each course',
      'select c."Title", count(*) from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId"',
    ],
    [
      'show only the top 2',
      'select c."Title", count(*) from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId" order by 2 desc limit 2',
    ],
  ],
  [
    ['teachers older than 40', 'select "FirstName", "LastName" from "Teachers" where "Age" > 40'],
    [
      'and younger than 50',
      'select "FirstName", "LastName" from "Teachers" where "Age" > 40 and "Age" < 50',
    ],
    ['count them', 'select count(*) from "Teachers" where "Age" > 40 and "Age" < 50'],
  ],
  [
    ['how many teachers are there', 'select count(*) from "Teachers"'],
    ['no, I meant students', 'select count(*) from "Students"'],
    ['same for courses', 'select count(*) from "Courses"'],
  ],
  [
    ['list the title and credits of all courses', 'select "Title", "Credits" from "Courses"'],
    [
      'which one has the most credits?',
      'select "Title", "Credits" from "Courses" order by "Credits" desc fetch first 1 row with ties',
    ],
  ],
];

const airline: readonly Conversation[] = [
  [
    ['how many flights are there', 'select count(*) from ops.flights'],
    ['by status', 'select status, count(*) from ops.flights group by status'],
    [
      'without the cancelled ones',
      `select status, count(*) from ops.flights where status <> 'cancelled' group by status`,
    ],
  ],
  [
    [
      'list the models of aircraft made by Airbus',
      `select model from ops.aircraft where manufacturer = 'Airbus'`,
    ],
    ['and Boeing?', `select model from ops.aircraft where manufacturer = 'Boeing'`],
    [
      'what is the capacity of that one?',
      `select capacity from ops.aircraft where manufacturer = 'Boeing'`,
    ],
  ],
  [
    [
      'show the names of airports in Portugal',
      `select name from ops.airports where country = 'Portugal'`,
    ],
    [
      'those from Portugal or France',
      `select name from ops.airports where country in ('Portugal', 'France')`,
    ],
    [
      'include the city',
      `select name, city from ops.airports where country in ('Portugal', 'France')`,
    ],
  ],
  [
    [
      'total fare per passenger',
      'select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id group by p.id',
    ],
    [
      'who paid the most?',
      'select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id group by p.id order by 2 desc limit 1',
    ],
  ],
  [
    [
      'the 3 longest flights by distance',
      'select * from ops.flights order by distance_km desc limit 3',
    ],
    ['make that 5', 'select * from ops.flights order by distance_km desc limit 5'],
    ['the shortest ones instead', 'select * from ops.flights order by distance_km limit 5'],
  ],
  [
    ['average fare of bookings', 'select avg(fare) from ops.bookings'],
    [
      'in 2024',
      `select avg(fare) from ops.bookings where booked_at >= '2024-01-01' and booked_at < '2025-01-01'`,
    ],
    [
      'per quarter',
      `select date_trunc('quarter', booked_at)::date, avg(fare) from ops.bookings where booked_at >= '2024-01-01' and booked_at < '2025-01-01' group by 1`,
    ],
    [
      'the total',
      `select date_trunc('quarter', booked_at)::date, sum(fare) from ops.bookings where booked_at >= '2024-01-01' and booked_at < '2025-01-01' group by 1`,
    ],
  ],
];

const helpdesk: readonly Conversation[] = [
  [
    ['how many tickets are open', `select count(*) from tickets where status = 'open'`],
    [
      'how many of those are urgent',
      `select count(*) from tickets where status = 'open' and priority = 'urgent'`,
    ],
    [
      'show their subjects',
      `select subject from tickets where status = 'open' and priority = 'urgent'`,
    ],
  ],
  [
    [
      'list the agents in the Network team',
      `select a.name from agents a join teams t on t.id = a.team_id where t.name = 'Network'`,
    ],
    [
      'when were they hired?',
      `select a.hired_on from agents a join teams t on t.id = a.team_id where t.name = 'Network'`,
    ],
  ],
  [
    ['number of tickets per priority', 'select priority, count(*) from tickets group by priority'],
    [
      'which is the highest?',
      'select priority, count(*) from tickets group by priority order by 2 desc, 1 limit 1',
    ],
  ],
  [
    ['which clients are in Finance', `select company_name from clients where industry = 'Finance'`],
    [
      'how many tickets do they have',
      `select count(*) from tickets t join clients c on c.id = t.client_id where c.industry = 'Finance'`,
    ],
  ],
  [
    [
      'list clients from Spain with their industry',
      `select company_name, industry from clients where country = 'Spain'`,
    ],
    ['drop the industry', `select company_name from clients where country = 'Spain'`],
    ['remove the country filter', `select company_name from clients`],
  ],
  [
    [
      'top 2 clients by number of tickets',
      'select c.company_name, count(*) from clients c join tickets t on t.client_id = c.id group by c.id order by 2 desc, c.id limit 2',
    ],
    [
      'what countries are they from?',
      'select c.country from clients c join tickets t on t.client_id = c.id group by c.id order by count(*) desc, c.id limit 2',
    ],
  ],
];

const shop: readonly Conversation[] = [
  [
    [
      'how many customers do we have in Germany',
      `select count(*) from customers where country = 'Germany'`,
    ],
    ['and in Spain?', `select count(*) from customers where country = 'Spain'`],
    [
      'break it down by segment',
      `select segment, count(*) from customers where country = 'Spain' group by 1`,
    ],
  ],
  [
    [
      'show the 5 most expensive products with their price',
      'select name, price from products order by price desc limit 5',
    ],
    ['and the stock', 'select name, price, stock from products order by price desc limit 5'],
    ['remove the limit', 'select name, price, stock from products order by price desc'],
  ],
  [
    [
      'what is the total revenue in 2025',
      `select sum(total) from orders where ordered_at >= '2025-01-01' and ordered_at < '2026-01-01'`,
    ],
    [
      'what about 2024',
      `select sum(total) from orders where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01'`,
    ],
    [
      'per country',
      `select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01' group by 1`,
    ],
    [
      'the top 3',
      `select c.country, sum(o.total) from orders o join customers c on c.id = o.customer_id where ordered_at >= '2024-01-01' and ordered_at < '2025-01-01' group by 1 order by 2 desc limit 3`,
    ],
  ],
  [
    [
      'list the names and salaries of employees',
      'select first_name, last_name, salary from employees',
    ],
    [
      'only in the Sales department',
      `select first_name, last_name, salary from employees where department = 'Sales'`,
    ],
    [
      'who earns the least?',
      `select first_name, last_name, salary from employees where department = 'Sales' order by salary limit 1`,
    ],
  ],
  [
    ['number of orders per status', 'select status, count(*) from orders group by status'],
    [
      'in 2025',
      `select status, count(*) from orders where ordered_at >= '2025-01-01' and ordered_at < '2026-01-01' group by status`,
    ],
  ],
  [
    ['how many products cost more than 50', 'select count(*) from products where price > 50'],
    ['less than 20?', 'select count(*) from products where price < 20'],
    ['list their names and prices', 'select name, price from products where price < 20'],
    ['now by price', 'select name, price from products where price < 20 order by price'],
  ],
];

export const conversations = { library, clinic, school, airline, helpdesk, shop };
