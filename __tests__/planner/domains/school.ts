/** A school: mixed-case names that have to be quoted, declared keys, a grade on the link between two things. */
import type { Domain } from './domain.js';

export const school: Domain = {
  name: 'school',
  today: '2025-02-10',
  sql: [
    `create table "Departments" ("DepartmentId" int primary key, "Name" text not null, "Budget" numeric(12,2))`,
    `create table "Teachers" ("TeacherId" int primary key, "FirstName" text not null, "LastName" text not null, "Age" int not null, "DepartmentId" int not null references "Departments", "Salary" numeric(10,2))`,
    `create table "Courses" ("CourseId" int primary key, "Title" text not null, "Credits" int not null, "TeacherId" int references "Teachers", "DepartmentId" int not null references "Departments")`,
    `create table "Students" ("StudentId" int primary key, "FullName" text not null, "HomeTown" text not null, "BirthDate" date not null, "HasScholarship" boolean not null)`,
    `create table "Enrollments" ("StudentId" int not null references "Students", "CourseId" int not null references "Courses", "EnrolledOn" date not null, "Grade" numeric(3,1), primary key ("StudentId", "CourseId"))`,
    `insert into "Departments" values (1,'Mathematics',50000),(2,'Biology',72000),(3,'Music',null)`,
    `insert into "Teachers" values (1,'Alma','Reyes',44,1,52000),(2,'Boris','Stahl',61,2,61000),(3,'Carla','Tietz',35,2,48000),(4,'Dev','Uppal',29,1,41000)`,
    `insert into "Courses" values (1,'Algebra',6,1,1),(2,'Geometry',4,1,1),(3,'Genetics',5,2,2),(4,'Botany',3,3,2),(5,'Choir',2,null,3),(6,'Statistics',6,4,1)`,
    `insert into "Students" select i, (array['Noa Ames','Ben Bohr','Lin Chan','Ola Dahl','Eli Eng','Fay Ford','Gil Gray','Hal Hart','Ida Iman'])[i], (array['Oslo','Turin','Porto'])[1 + i % 3], date '2003-01-15' + i * 130, i % 3 = 0 from generate_series(1, 9) i`,
    `insert into "Enrollments" select s, c, date '2023-09-01' + s * 40 + c, case when (s + c) % 5 = 0 then null else 1 + ((s * 7 + c * 3) % 50) / 10.0 end from generate_series(1, 8) s, generate_series(1, 5) c where (s * c) % 3 <> 1`,
  ],
  cases: [
    [
      'who teaches Botany',
      `select t."FirstName", t."LastName" from "Teachers" t join "Courses" c using ("TeacherId") where c."Title" = 'Botany'`,
    ],
    ['how many students are there?', 'select count(*) from "Students"'],
    ['students from Porto', `select "FullName" from "Students" where "HomeTown" = 'Porto'`],
    [
      'how many courses does each teacher teach',
      'select t."FirstName", t."LastName", count(*) from "Teachers" t join "Courses" c using ("TeacherId") group by t."TeacherId"',
    ],
    ['courses with more than 4 credits', 'select "Title" from "Courses" where "Credits" > 4'],
    ['courses without a teacher', 'select "Title" from "Courses" where "TeacherId" is null'],
    [
      'average grade per course',
      'select c."Title", avg(e."Grade") from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId"',
    ],
    [
      'average grade of Lin Chan',
      `select avg(e."Grade") from "Enrollments" e join "Students" s using ("StudentId") where s."FullName" = 'Lin Chan'`,
    ],
    [
      'students enrolled in Genetics',
      `select "FullName" from "Students" s where exists (select from "Enrollments" e join "Courses" c using ("CourseId") where e."StudentId" = s."StudentId" and c."Title" = 'Genetics')`,
    ],
    [
      'students who are not enrolled in any course',
      'select "FullName" from "Students" s where not exists (select from "Enrollments" e where e."StudentId" = s."StudentId")',
    ],
    [
      'number of students per course',
      'select c."Title", count(*) from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId"',
    ],
    [
      'which course has the most students',
      'select c."Title" from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId" order by count(*) desc, c."CourseId" limit 1',
    ],
    ['teachers older than 40', 'select "FirstName", "LastName" from "Teachers" where "Age" > 40'],
    [
      'the youngest teacher',
      'select "FirstName", "LastName" from "Teachers" order by "Age" limit 1',
    ],
    ['average age of teachers', 'select avg("Age") from "Teachers"'],
    [
      'total salary per department',
      'select d."Name", sum(t."Salary") from "Departments" d join "Teachers" t using ("DepartmentId") group by d."DepartmentId"',
    ],
    [
      'departments with a budget over 60000',
      'select "Name" from "Departments" where "Budget" > 60000',
    ],
    [
      'departments whose budget is unknown',
      'select "Name" from "Departments" where "Budget" is null',
    ],
    ['students with a scholarship', 'select "FullName" from "Students" where "HasScholarship"'],
    [
      'how many students have a scholarship',
      'select count(*) from "Students" where "HasScholarship"',
    ],
    [
      'names of teachers in the Biology department',
      `select t."FirstName", t."LastName" from "Teachers" t join "Departments" d using ("DepartmentId") where d."Name" = 'Biology'`,
    ],
    [
      'title and credits of courses taught by Alma Reyes',
      `select "Title", "Credits" from "Courses" c join "Teachers" t using ("TeacherId") where t."FirstName" = 'Alma' and t."LastName" = 'Reyes'`,
    ],
    [
      'students born in 2004',
      `select "FullName" from "Students" where "BirthDate" >= '2004-01-01' and "BirthDate" < '2005-01-01'`,
    ],
    [
      'how many enrollments were there in 2024',
      `select count(*) from "Enrollments" where "EnrolledOn" >= '2024-01-01' and "EnrolledOn" < '2025-01-01'`,
    ],
    [
      'the teacher with the highest salary',
      'select "FirstName", "LastName" from "Teachers" order by "Salary" desc nulls last limit 1',
    ],
    [
      'which department has the highest average salary',
      'select d."Name" from "Departments" d join "Teachers" t using ("DepartmentId") group by d."DepartmentId" order by avg(t."Salary") desc limit 1',
    ],
    [
      'courses sorted by credits descending',
      'select "Title" from "Courses" order by "Credits" desc, "CourseId"',
    ],
    [
      'students with at least 4 enrollments',
      'select "FullName" from "Students" s where (select count(*) from "Enrollments" e where e."StudentId" = s."StudentId") >= 4',
    ],
    ['maximum credits', 'select max("Credits") from "Courses"'],
    ['show all information about courses', 'select * from "Courses"'],
    ['home towns of students', 'select "HomeTown" from "Students"'],
    ['pupils from Oslo', `select "FullName" from "Students" where "HomeTown" = 'Oslo'`],
    ['enrollments with a grade below 3', 'select * from "Enrollments" where "Grade" < 3'],
    ['enrollments without a grade', 'select * from "Enrollments" where "Grade" is null'],
    ['course titles', 'select "Title" from "Courses"'],
  ],
  refusals: [
    ['students who like pizza', /like|pizza/],
    ['how many classrooms are there', /classrooms/],
    ['average name of students', /name/],
    ['students from Mars', /Mars/],
    ['insert a new student', /chang/],
    ['which teacher is best', /best|clear|understood/],
  ],
  talks: [
    [
      [
        'teachers in the Biology department',
        `select t."FirstName", t."LastName" from "Teachers" t join "Departments" d using ("DepartmentId") where d."Name" = 'Biology'`,
      ],
      [
        'what about Mathematics',
        `select t."FirstName", t."LastName" from "Teachers" t join "Departments" d using ("DepartmentId") where d."Name" = 'Mathematics'`,
      ],
      [
        'and their salaries',
        `select t."FirstName", t."LastName", t."Salary" from "Teachers" t join "Departments" d using ("DepartmentId") where d."Name" = 'Mathematics'`,
      ],
      [
        'only those older than 40',
        `select t."FirstName", t."LastName", t."Salary" from "Teachers" t join "Departments" d using ("DepartmentId") where d."Name" = 'Mathematics' and t."Age" > 40`,
      ],
    ],
    [
      [
        'average grade per course',
        'select c."Title", avg(e."Grade") from "Courses" c join "Enrollments" e using ("CourseId") group by c."CourseId"',
      ],
      [
        'only for students from Turin',
        `select c."Title", avg(e."Grade") from "Courses" c join "Enrollments" e using ("CourseId") join "Students" s using ("StudentId") where s."HomeTown" = 'Turin' group by c."CourseId"`,
      ],
      [
        'per student instead',
        `select s."FullName", avg(e."Grade") from "Enrollments" e join "Students" s using ("StudentId") where s."HomeTown" = 'Turin' group by s."StudentId"`,
      ],
    ],
  ],
};
