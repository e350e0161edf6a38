/** A clinic: abbreviated names, table prefixes, no foreign keys, no comments. */
import type { Domain } from './domain.js';

export const clinic: Domain = {
  name: 'clinic',
  today: '2025-03-31',
  sql: [
    `create table tbl_dept (dept_id int primary key, dept_nm text not null)`,
    `create table tbl_doc (doc_id int primary key, doc_nm text not null, spec text not null, dept_id int not null, sal numeric(10,2) not null, hire_dt date not null)`,
    `create table tbl_pat (pat_id int primary key, pat_nm text not null, gender char(1) not null, dob date not null, city text, ins_no text)`,
    `create table tbl_appt (appt_id int primary key, pat_id int not null, doc_id int not null, appt_dt timestamp not null, stat text not null, fee_amt numeric(8,2) not null)`,
    `create table tbl_presc (presc_id int primary key, appt_id int not null, drug_nm text not null, qty int not null)`,
    `insert into tbl_dept values (1,'Cardiology'),(2,'Pediatrics'),(3,'Surgery'),(4,'Radiology')`,
    `insert into tbl_doc select i, (array['Dr. Abe','Dr. Bly','Dr. Cox','Dr. Dunn','Dr. Eads','Dr. Fry'])[i], (array['Heart','Children','General'])[1 + i % 3], 1 + i % 3, 60000 + i * 7000, date '2010-04-01' + i * 500 from generate_series(1, 6) i`,
    `insert into tbl_pat select i, (array['Lia Marsh','Max Nord','Nia Owen','Otto Pell','Pia Quist','Ray Stone','Sue Tran','Tim Usher'])[i], case when i % 2 = 0 then 'M' else 'F' end, date '1950-06-01' + i * 2900, case when i = 4 then null else (array['Bonn','Kiel','Ulm'])[1 + i % 3] end, case when i % 3 = 0 then null else 'N' || i end from generate_series(1, 8) i`,
    `insert into tbl_appt select i, 1 + (i * 5) % 7, 1 + (i * i) % 5, timestamp '2023-11-02 08:30' + i * interval '9 days 5 hours', (array['completed','cancelled','scheduled'])[1 + (i * i) % 3], 40 + (i * 13) % 90 from generate_series(1, 60) i`,
    `insert into tbl_presc select i, 1 + (i * 3) % 55, (array['Aspirin','Ibuprofen','Amoxicillin'])[1 + i % 3], 1 + i % 4 from generate_series(1, 40) i`,
  ],
  cases: [
    [
      'patients over 50',
      `select pat_nm from tbl_pat where extract(year from age(date '2025-03-31', dob)) > 50`,
    ],
    [
      'patients older than Nia Owen',
      `select pat_nm from tbl_pat where dob < (select dob from tbl_pat where pat_nm = 'Nia Owen')`,
    ],
    ['how many patients are there', 'select count(*) from tbl_pat'],
    ['list all departments', 'select dept_nm from tbl_dept'],
    [
      'how many appointments were cancelled',
      `select count(*) from tbl_appt where stat = 'cancelled'`,
    ],
    [
      'number of appointments per doctor',
      'select d.doc_nm, count(*) from tbl_doc d join tbl_appt a on a.doc_id = d.doc_id group by d.doc_id',
    ],
    ['number of appointments per status', 'select stat, count(*) from tbl_appt group by stat'],
    ['average salary of doctors', 'select avg(sal) from tbl_doc'],
    [
      'average doctor salary per department',
      'select e.dept_nm, avg(d.sal) from tbl_doc d join tbl_dept e on e.dept_id = d.dept_id group by e.dept_id, e.dept_nm',
    ],
    ['which doctor has the highest salary', 'select doc_nm from tbl_doc order by sal desc limit 1'],
    [
      'doctors in the Cardiology department',
      `select doc_nm from tbl_doc d join tbl_dept e on e.dept_id = d.dept_id where dept_nm = 'Cardiology'`,
    ],
    [
      'departments without doctors',
      'select dept_nm from tbl_dept e where not exists (select from tbl_doc d where d.dept_id = e.dept_id)',
    ],
    ['patients from Kiel', `select pat_nm from tbl_pat where city = 'Kiel'`],
    ['patients without a city', 'select pat_nm from tbl_pat where city is null'],
    ['patients born before 1970', `select pat_nm from tbl_pat where dob < '1970-01-01'`],
    ['the youngest patient', 'select pat_nm from tbl_pat order by dob desc limit 1'],
    [
      'patients older than 50',
      `select pat_nm from tbl_pat where extract(year from age(date '2025-03-31', dob)) > 50`,
    ],
    [
      'total fees in 2024',
      `select sum(fee_amt) from tbl_appt where appt_dt >= '2024-01-01' and appt_dt < '2025-01-01'`,
    ],
    [
      'total fee per month in 2024',
      `select date_trunc('month', appt_dt)::date, sum(fee_amt) from tbl_appt where appt_dt >= '2024-01-01' and appt_dt < '2025-01-01' group by 1`,
    ],
    [
      'appointments in January 2024',
      `select * from tbl_appt where appt_dt >= '2024-01-01' and appt_dt < '2024-02-01'`,
    ],
    [
      'how many appointments did Lia Marsh have',
      `select count(*) from tbl_appt a join tbl_pat p on p.pat_id = a.pat_id where pat_nm = 'Lia Marsh'`,
    ],
    [
      'patients with more than 8 appointments',
      'select pat_nm from tbl_pat p where (select count(*) from tbl_appt a where a.pat_id = p.pat_id) > 8',
    ],
    [
      'patients who never had an appointment',
      'select pat_nm from tbl_pat p where not exists (select from tbl_appt a where a.pat_id = p.pat_id)',
    ],
    [
      'top 2 doctors by number of appointments',
      'select doc_nm, count(*) from tbl_doc d join tbl_appt a on a.doc_id = d.doc_id group by d.doc_id order by 2 desc, d.doc_id limit 2',
    ],
    [
      'how many prescriptions of Aspirin',
      `select count(*) from tbl_presc where drug_nm = 'Aspirin'`,
    ],
    ['total quantity per drug', 'select drug_nm, sum(qty) from tbl_presc group by drug_nm'],
    ['appointments with a fee over 100', 'select * from tbl_appt where fee_amt > 100'],
    ['cheapest appointment', 'select * from tbl_appt order by fee_amt, appt_id limit 1'],
    ['doctors hired since 2014', `select doc_nm from tbl_doc where hire_dt >= '2014-01-01'`],
    ['doctors sorted by hire date', 'select doc_nm from tbl_doc order by hire_dt'],
    ['name and salary of doctors', 'select doc_nm, sal from tbl_doc'],
    [
      'how many patients are from Bonn or Ulm',
      `select count(*) from tbl_pat where city in ('Bonn', 'Ulm')`,
    ],
    [
      'average fee of completed appointments',
      `select avg(fee_amt) from tbl_appt where stat = 'completed'`,
    ],
    [
      'appointments last month',
      `select * from tbl_appt where appt_dt >= '2025-02-01' and appt_dt < '2025-03-01'`,
    ],
    [
      'patients of Dr. Cox',
      `select pat_nm from tbl_pat p where exists (select from tbl_appt a join tbl_doc d using (doc_id) where a.pat_id = p.pat_id and d.doc_nm = 'Dr. Cox')`,
    ],
    ['number of patients per city', 'select city, count(*) from tbl_pat group by city'],
    [
      'which department has the most doctors',
      'select e.dept_nm from tbl_dept e join tbl_doc d on d.dept_id = e.dept_id group by e.dept_id, e.dept_nm order by count(*) desc, e.dept_id limit 1',
    ],
    [
      'highest fee per doctor',
      'select doc_nm, max(fee_amt) from tbl_doc d join tbl_appt a using (doc_id) group by d.doc_id, doc_nm',
    ],
  ],
  refusals: [
    ['how many nurses are there', /nurses/],
    ['patients with diabetes', /diabetes/],
    ['which doctor is the friendliest', /friendliest/],
    ['update the fee of appointment 3', /chang/],
    ['drop table tbl_pat', /chang/],
    ['tell me a joke', /joke/],
    ['patients allergic to penicillin', /allergic|penicillin/],
  ],
  talks: [
    [
      [
        'list appointments of Max Nord',
        `select a.* from tbl_appt a join tbl_pat p using (pat_id) where pat_nm = 'Max Nord'`,
      ],
      [
        'only the completed ones',
        `select a.* from tbl_appt a join tbl_pat p using (pat_id) where pat_nm = 'Max Nord' and stat = 'completed'`,
      ],
      [
        'how many are there?',
        `select count(*) from tbl_appt a join tbl_pat p using (pat_id) where pat_nm = 'Max Nord' and stat = 'completed'`,
      ],
      [
        'and of Nia Owen?',
        `select count(*) from tbl_appt a join tbl_pat p using (pat_id) where pat_nm = 'Nia Owen' and stat = 'completed'`,
      ],
    ],
    [
      [
        'number of appointments per doctor in 2024',
        `select doc_nm, count(*) from tbl_doc d join tbl_appt a using (doc_id) where appt_dt >= '2024-01-01' and appt_dt < '2025-01-01' group by d.doc_id, doc_nm`,
      ],
      [
        'the top 2',
        `select doc_nm, count(*) from tbl_doc d join tbl_appt a using (doc_id) where appt_dt >= '2024-01-01' and appt_dt < '2025-01-01' group by d.doc_id, doc_nm order by 2 desc, d.doc_id limit 2`,
      ],
    ],
  ],
};
