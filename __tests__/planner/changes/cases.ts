/** Requests for changes over the domains, each with a statement that does the same. */

/** A request with a statement that leaves the database in the same state. */
export type ChangeCase = readonly [request: string, gold: string];

export interface Changes {
  readonly cases: readonly ChangeCase[];
  /** Requests that must not lead to a statement, with what the message or its choices have to name. */
  readonly refusals: readonly (readonly [request: string, says: RegExp])[];
  /** Questions that only look like changes. */
  readonly questions: readonly string[];
  /** Questions, and then the change that speaks of them. */
  readonly talks: readonly (readonly [
    questions: readonly string[],
    change: string,
    gold: string,
  ])[];
}

const library: Changes = {
  cases: [
    [
      'delete the loans of 2023',
      `delete from loans where loaned_on >= '2023-01-01' and loaned_on < '2024-01-01'`,
    ],
    ['delete book 5', 'delete from books where id = 5'],
    ['please delete book 5', 'delete from books where id = 5'],
    ['Can you delete book 5?', 'delete from books where id = 5'],
    ['could you please delete book number 5, thanks', 'delete from books where id = 5'],
    ['DELETE BOOK 5', 'delete from books where id = 5'],
    ['i want you to delete book 5', 'delete from books where id = 5'],
    ['get rid of the inactive members', 'delete from members where not is_active'],
    [
      'remove all books without loans',
      'delete from books b where not exists (select from loans l where l.book_id = b.id)',
    ],
    ['delete books 1, 2 and 7', 'delete from books where id in (1, 2, 7)'],
    [
      'delete the 3 oldest loans',
      'delete from loans where id in (select id from loans order by loaned_on, id limit 3)',
    ],
    ['delete all loans', 'delete from loans'],
    ['delete everything in book_authors', 'delete from book_authors'],
    ['delete all rows of the table loans', 'delete from loans'],
    ['delete the loans that were not returned', 'delete from loans where returned_on is null'],
    ['delete loans with a fine over 2', 'delete from loans where fine > 2'],
    ['delete members from York', `delete from members where city = 'York'`],
    ['delete the poetry books', `delete from books where genre = 'Poetry'`],
    ['delete the books in the Central branch', `delete from books where branch_id = 1`],
    ['delete loans older than 2024', `delete from loans where loaned_on < '2024-01-01'`],
    [
      'delete the loans of 2023 and 2024',
      `delete from loans where loaned_on >= '2023-01-01' and loaned_on < '2025-01-01'`,
    ],
    [
      'delete loans that were returned in 2024',
      `delete from loans where returned_on >= '2024-01-01' and returned_on < '2025-01-01'`,
    ],
    [
      'delete the most expensive book',
      'delete from books where id = (select id from books order by price desc nulls last limit 1)',
    ],
    ['set the title of book 3 to notes.txt', `update books set title = 'notes.txt' where id = 3`],
    ['delete the books with more than 300 pages', 'delete from books where pages > 300'],
    [
      'delete members who never borrowed a book',
      'delete from members m where not exists (select from loans l where l.member_id = m.id)',
    ],
    ['delete the authors from Spain', `delete from authors where country = 'Spain'`],
    ['delete authors without a birth date', 'delete from authors where birth_date is null'],
    [
      "set the price of the book 'Salt Roads' to 5",
      `update books set price = 5 where title = 'Salt Roads'`,
    ],
    ['set the price of Salt Roads to 5', `update books set price = 5 where title = 'Salt Roads'`],
    [
      'set the price of the book Salt Roads to €7.50',
      `update books set price = 7.5 where title = 'Salt Roads'`,
    ],
    ['change the price of book 3 to 12 euros', 'update books set price = 12 where id = 3'],
    [
      'set the price to 5 for all poetry books',
      `update books set price = 5 where genre = 'Poetry'`,
    ],
    [
      'set the price of book 3 to 4 and the pages to 100',
      'update books set price = 4, pages = 100 where id = 3',
    ],
    ["set book 3's price to 4", 'update books set price = 4 where id = 3'],
    ['update books set price = 4 where id = 3', 'update books set price = 4 where id = 3'],
    [
      'increase the price of all poetry books by 10 %',
      `update books set price = price * 1.1 where genre = 'Poetry'`,
    ],
    ['raise the price of book 3 by 2.50', 'update books set price = price + 2.5 where id = 3'],
    ['lower book prices by 5 percent', 'update books set price = price * 0.95'],
    ['double the price of book 3', 'update books set price = price * 2 where id = 3'],
    ['halve the price of book 3', 'update books set price = price / 2 where id = 3'],
    ['add 10 to the pages of book 3', 'update books set pages = pages + 10 where id = 3'],
    ['subtract 10 from the pages of book 3', 'update books set pages = pages - 10 where id = 3'],
    ['clear the price of book 3', 'update books set price = null where id = 3'],
    ['remove the email of member 2', 'update members set email = null where id = 2'],
    ['set the email of member 2 to null', 'update members set email = null where id = 2'],
    [
      'change the email of member 2 to new.one@x.example',
      `update members set email = 'new.one@x.example' where id = 2`,
    ],
    ['make member 2 inactive', 'update members set is_active = false where id = 2'],
    ['mark member 4 as active', 'update members set is_active = true where id = 4'],
    [
      'mark members 2 and 3 as not active',
      'update members set is_active = false where id in (2, 3)',
    ],
    [
      'rename the branch Central to Main Hall',
      `update branches set name = 'Main Hall' where name = 'Central'`,
    ],
    ['move book 3 to the Riverside branch', 'update books set branch_id = 2 where id = 3'],
    [
      'move all books in the Central branch to Riverside',
      'update books set branch_id = 2 where branch_id = 1',
    ],
    ['set the branch of book 3 to Hilltop', 'update books set branch_id = 3 where id = 3'],
    [
      'set the returned date of loan 4 to 2025-03-04',
      `update loans set returned_on = '2025-03-04' where id = 4`,
    ],
    [
      'set the due date of loan 4 to yesterday',
      `update loans set due_on = '2025-06-14' where id = 4`,
    ],
    ['set the genre of book 3 to fiction', `update books set genre = 'Fiction' where id = 3`],
    [
      'set the title of book 3 to "It\'s here"',
      `update books set title = 'It''s here' where id = 3`,
    ],
    ['set the title of book 3 to Big Rain', `update books set title = 'Big Rain' where id = 3`],
    [
      'change the genre of book 3 from Science to History',
      `update books set genre = 'History' where id = 3 and genre = 'Science'`,
    ],
    [
      'delete the oldest loan of book 3',
      'delete from loans where id = (select id from loans where book_id = 3 order by loaned_on, id limit 1)',
    ],
    [
      "add a branch named Harbour with id 9 and the city 'Hull'",
      `insert into branches (id, name, city) values (9, 'Harbour', 'Hull')`,
    ],
    [
      'insert into branches id 9, name Harbour, city Hull',
      `insert into branches (id, name, city) values (9, 'Harbour', 'Hull')`,
    ],
    [
      'add a branch with id 9, name Harbour, city Hull and opened on 2024-05-06',
      `insert into branches values (9, 'Harbour', 'Hull', '2024-05-06')`,
    ],
    [
      'create a loan with id 900 for book 3 and member 2 loaned on 2025-06-01, due on 2025-06-20',
      `insert into loans (id, book_id, member_id, loaned_on, due_on) values (900, 3, 2, '2025-06-01', '2025-06-20')`,
    ],
  ],
  refusals: [
    ['delete 5 loans', /which 5/],
    ['delete one loan of book 3', /which 1/],
    ['delete most of the loans', /most/],
    ['delete everything', /which rows/],
    ['delete everything cancelled', /which rows/],
    ['delete that book', /refer/],
    ['set the note of book 3 to file.txt', /note/],
    ['delete the price', /column/],
    ['delete the price of book 3', /column/],
    ['delete the books', /which rows/],
    ['delete a book', /which rows/],
    ['delete some books', /some/],
    ['delete my loans', /my/],
    ['delete them', /refer/],
    ['delete this book', /refer/],
    ['delete books and loans', /one table/],
    ['delete member 2 and their loans', /several tables/],
    ['delete members with their loans', /several tables/],
    ['delete book 3 and set the price of book 4 to 5', /several changes/],
    ['delete all books but the cheap ones', /ones/],
    ['delete the member Zebulon', /Zebulon/],
    ['delete the loans between 5 and 7', /which column/],
    ['delete old loans', /old/],
    ['delete the other books', /other/],
    ['delete books if they are lost', /if they are lost|lost/],
    ['remove book 3 from the Central branch', /which of both/],
    ['set the price to 5', /which rows/],
    ['set the price of the book to 5', /which rows/],
    ['set the price of book 3 to cheap', /number/],
    ['set the price of book 3 to 5.555', /decimals/],
    ['set the pages of book 3 to 5.5', /whole number/],
    ['set the price of book 3 to 5 if it is old', /number/],
    ['set the price of book 3 to 5%', /number/],
    ['set the title of book 3 to null', /NOT NULL/],
    ['set the title of book 3 to the title of book 4', /quotation/],
    ['set the title of book 3 to Rain and Snow', /quotation/],
    ['set the due date of loan 4 to 03/04/2025', /date/],
    ['set the due date of loan 4 to 2025-02-30', /date/],
    ['set the id of book 3 to 99', /key/],
    ['set the city of book 3 to Hull', /branches\.city|share/],
    ['increase the price of book 3', /by how much/],
    ['increase the title of book 3 by 2', /no amount/],
    ['reduce the price of book 3 by 150%', /below nothing/],
    ['reduce the pages of book 3 by 1.5', /whole numbers/],
    ['mark member 2 as platinum', /platinum/],
    ['move book 3 to member 2', /does not refer/],
    ['rename the branch to Foo', /which row/],
    ['add a branch named Tom and Jerry', /Tom and Jerry/],
    ["insert into branches (id, name) values (9, 'x')", /pgask sql/],
    ['add a book', /nothing is said/],
    ['create a table for invoices', /--allow ddl/],
    ['drop table books', /--allow admin/],
    ['drop books', /which rows/],
    ['truncate loans', /--allow admin/],
    ['add a column shelf to books', /--allow ddl/],
    ['delete', /delete/],
  ],
  questions: [
    'which books were never loaned',
    'how many loans were returned',
    'show the members who are not active',
    'list books with a price set to 5',
    'loans that were returned in 2024',
    'can you show me the inactive members',
    'how many members joined in 2020',
    'what is the price of book 3',
  ],
  talks: [
    [['members from York'], 'delete them', `delete from members where city = 'York'`],
    [['members from York'], 'now delete those', `delete from members where city = 'York'`],
    [['how many members are from York'], 'delete them', `delete from members where city = 'York'`],
    [['list all members'], 'remove the ones from York', `delete from members where city = 'York'`],
    [
      ['show the poetry books'],
      'set their price to 5',
      `update books set price = 5 where genre = 'Poetry'`,
    ],
    [
      ['show the poetry books'],
      'increase their price by 10%',
      `update books set price = price * 1.1 where genre = 'Poetry'`,
    ],
    [
      ['show the poetry books'],
      'set their price to 5 and their pages to 9',
      `update books set price = 5, pages = 9 where genre = 'Poetry'`,
    ],
    [
      ['the 2 cheapest books'],
      'delete them',
      'delete from books where id in (select id from books order by price, id limit 2)',
    ],
    [['show member 4'], 'mark him as active', 'update members set is_active = true where id = 4'],
    [
      ['members from York', 'only the inactive ones'],
      'delete them',
      `delete from members where city = 'York' and not is_active`,
    ],
  ],
};

const helpdesk: Changes = {
  cases: [
    ['delete the resolved tickets', `delete from tickets where status = 'resolved'`],
    [
      'delete the tickets of 2024 that are resolved',
      `delete from tickets where opened_at >= '2024-01-01' and opened_at < '2025-01-01' and status = 'resolved'`,
    ],
    [
      "delete from tickets where status = 'resolved'",
      `delete from tickets where status = 'resolved'`,
    ],
    ['delete the tickets of Acorn Ltd', 'delete from tickets where client_id = 1'],
    [
      'delete tickets of clients in Spain',
      `delete from tickets t using clients c where c.id = t.client_id and c.country = 'Spain'`,
    ],
    ['mark ticket 7 as closed', `update tickets set status = 'closed' where id = 7`],
    ['mark ticket 7 as in progress', `update tickets set status = 'in_progress' where id = 7`],
    [
      'set the status of ticket 7 to In Progress',
      `update tickets set status = 'in_progress' where id = 7`,
    ],
    ['update the priority of ticket 7 to low', `update tickets set priority = 'low' where id = 7`],
    ['change ticket 7 to resolved', `update tickets set status = 'resolved' where id = 7`],
    [
      'make all open tickets urgent',
      `update tickets set priority = 'urgent' where status = 'open'`,
    ],
    ['assign ticket 7 to Kim Vale', 'update tickets set agent_id = 1 where id = 7'],
    ['assign ticket 7 to the agent Kim Vale', 'update tickets set agent_id = 1 where id = 7'],
    ['set the agent of ticket 7 to Kim Vale', 'update tickets set agent_id = 1 where id = 7'],
    ['move agent Kim Vale to the Billing team', 'update agents set team_id = 3 where id = 1'],
    [
      'raise the hourly rate of all agents in the Desktop team by 3',
      'update agents set hourly_rate = hourly_rate + 3 where team_id = 2',
    ],
    [
      'set the hourly rate of Mo Xu to 41.5',
      `update agents set hourly_rate = 41.5 where name = 'Mo Xu'`,
    ],
    ['make ticket 7 not billable', 'update tickets set is_billable = false where id = 7'],
    ['set is_billable of ticket 9 to true', 'update tickets set is_billable = true where id = 9'],
    ['delete work entries of ticket 7', 'delete from work_entries where ticket_id = 7'],
  ],
  refusals: [
    ['set the status of ticket 7 to lost', /no label/],
    ['mark ticket 7 as lost', /lost/],
    ['close the tickets', /close|not understood/],
    ['move ticket 7 to Billing', /Billing|refer/],
    ['set the country of ticket 7 to Spain', /clients\.country|share/],
    ['assign ticket 7 to Nobody Atall', /Atall/],
  ],
  questions: [
    'which tickets were closed in 2024',
    'how many tickets were resolved',
    'open tickets with priority set to high',
  ],
  talks: [
    [
      ['open tickets with low priority'],
      'mark them as resolved',
      `update tickets set status = 'resolved' where status = 'open' and priority = 'low'`,
    ],
    [
      ['show ticket 7'],
      'set its status to closed',
      `update tickets set status = 'closed' where id = 7`,
    ],
    [['show ticket 7'], 'delete it', `delete from tickets where id = 7`],
  ],
};

const school: Changes = {
  cases: [
    ['delete student 3', `delete from "Students" where "StudentId" = 3`],
    ['delete the students from Porto', `delete from "Students" where "HomeTown" = 'Porto'`],
    [
      'set the budget of the Music department to 12000',
      `update "Departments" set "Budget" = 12000 where "Name" = 'Music'`,
    ],
    [
      'set the salary of Boris Stahl to 65000',
      `update "Teachers" set "Salary" = 65000 where "FirstName" = 'Boris' and "LastName" = 'Stahl'`,
    ],
    [
      'rename the course Choir to Singing',
      `update "Courses" set "Title" = 'Singing' where "Title" = 'Choir'`,
    ],
    [
      'move the course Algebra to the Biology department',
      `update "Courses" set "DepartmentId" = 2 where "Title" = 'Algebra'`,
    ],
    ['delete courses without a teacher', `delete from "Courses" where "TeacherId" is null`],
    [
      "add a department with DepartmentId 9 and name 'Arts'",
      `insert into "Departments" ("DepartmentId", "Name") values (9, 'Arts')`,
    ],
    [
      'raise the salary of all teachers in the Mathematics department by 5%',
      `update "Teachers" set "Salary" = "Salary" * 1.05 where "DepartmentId" = 1`,
    ],
  ],
  refusals: [
    ['rename the teacher Boris Stahl to Bo', /no one column/],
    ['delete the grade of student 3', /grade/],
    ['set the grade of student 3 to 12 and delete student 4', /.+/],
  ],
  questions: ['which students have no scholarship', 'how many courses have no teacher'],
  talks: [
    [['students from Porto'], 'delete them', `delete from "Students" where "HomeTown" = 'Porto'`],
  ],
};

const airline: Changes = {
  cases: [
    ['delete the departed flights', `delete from ops.flights where status = 'departed'`],
    ['mark flight 7 as cancelled', `update ops.flights set status = 'cancelled' where id = 7`],
    ['delete the bookings of Rui Alves', 'delete from ops.bookings where passenger_id = 1'],
    [
      'set the capacity of aircraft 2 to 200',
      'update ops.aircraft set capacity = 200 where id = 2',
    ],
    ['increase all fares by 3', 'update ops.bookings set fare = fare + 3'],
    ['clear the seat of booking 12', 'update ops.bookings set seat = null where id = 12'],
  ],
  refusals: [
    ['move flight 7 to Porto', /Porto|more than one/],
    ['set the airport of flight 7 to LIS', /.+/],
  ],
  questions: ['flights that were cancelled in 2025', 'how many bookings have no seat'],
  talks: [],
};

const store: Changes = {
  cases: [
    [
      'add a product called Lantern priced at 12.50 in the category Lighting',
      `insert into products (name, price, category_id) values ('Lantern', 12.5, 2)`,
    ],
    [
      "add a product named 'Rope, 5 m' with price 3 and stock 4",
      `insert into products (name, price, stock) values ('Rope, 5 m', 3, 4)`,
    ],
    [
      'please add a new product named Rope, price 3',
      `insert into products (name, price) values ('Rope', 3)`,
    ],
    [
      'insert into products name Rope, price 3',
      `insert into products (name, price) values ('Rope', 3)`,
    ],
    ['add a category named Garden', `insert into categories (name) values ('Garden')`],
    ['add Garden to the categories', `insert into categories (name) values ('Garden')`],
    ['create a category "Odds and Ends"', `insert into categories (name) values ('Odds and Ends')`],
    [
      'create an order for product 2 with quantity 3',
      'insert into orders (product_id, quantity) values (2, 3)',
    ],
    [
      'create an order for Hammer with quantity 3',
      'insert into orders (product_id, quantity) values (2, 3)',
    ],
    [
      'set the price of the product Hammer to 9',
      `update products set price = 9 where name = 'Hammer'`,
    ],
    [
      'set the category of the product Hammer to Lighting',
      `update products set category_id = 2 where name = 'Hammer'`,
    ],
    [
      'set the stock of all products in the category Tools to 0',
      'update products set stock = 0 where category_id = 1',
    ],
    ['delete all notes', 'delete from notes'],
    ["delete notes with the body 'old'", `delete from notes where body = 'old'`],
    [
      'set the offer of the ticket type Day to 4',
      `update ticket_types set offer = 4 where name = 'Day'`,
    ],
    ['delete the orders of the product Hammer', 'delete from orders where product_id = 2'],
  ],
  refusals: [
    ['add a product named Rope', /needs price/],
    ['add an order for product 2', /needs quantity/],
    ['create an order with quantity 3', /needs product_id/],
    ['add a product named Rope with price 3 and gross 4', /server alone/],
    ['set the gross of the product Hammer to 4', /server alone/],
    ['add a product named Rope with price cheap', /number/],
    ['add a product named Rope with price 3 in the category Nowhere', /Nowhere/],
    ['add 3 products', /3/],
    ['delete the notes of the product Hammer', /no key/],
    ['delete the 2 oldest notes', /.+/],
    ['set the price of the ticket type Day to 4', /more than one way/],
    ['delete the expensive products', /.+/],
  ],
  questions: ['which products were ordered', 'how many products are in the category Tools'],
  talks: [
    [
      ['products in the category Tools'],
      'set their price to 1',
      'update products set price = 1 where category_id = 1',
    ],
    [['orders of the product Hammer'], 'delete them', 'delete from orders where product_id = 2'],
  ],
};

export const changes = { store, library, helpdesk, school, airline };
