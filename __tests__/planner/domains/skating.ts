/** A skating school whose names are short for words: consonants, beginnings, and first letters of tables. */
import type { Domain } from './domain.js';

export const skating: Domain = {
  name: 'skating',
  today: '2025-03-03',
  sql: [
    `create table rnk (rcd char(2) primary key, rname text not null, rtown text not null, no_of_lckrs int not null, opnd_yr int not null)`,
    `create table sktr (s_no int primary key, s_fname text not null, s_lname text not null, hm_town text not null, hght_cm int not null, gs int)`,
    `create table trnr (tno int primary key, tname text not null, hr_rt numeric(5,2) not null, hum_pct int)`,
    `create table lssn (lid int primary key, sno int not null, trnr_no int not null, rnk_cd char(2) not null, lssn_dt date not null, fee_amt numeric(5,2), cncl_dt date)`,
    `create table prz (pcode varchar(4) primary key, ptitle text not null, s_no int references sktr, prz_val int not null)`,
    `insert into rnk values ('NO','North Ice','Delt',40,1990), ('SO','South Ice','Hamm',25,2004), ('WE','Frost Hall','Delt',60,2012)`,
    `insert into sktr select i, (array['Ana','Bo','Cy','Di','Ed','Flo'])[i], (array['Moor','Nash','Orr','Pike','Quin','Rudd'])[i], (array['Delt','Hamm','Delt','Loam','Hamm','Delt'])[i], 150 + i * 7 % 40, i * 5 % 7 from generate_series(1, 6) i`,
    `insert into trnr values (1,'Gus Tarn',30,50), (2,'Hedda Vale',42.5,61), (3,'Ivo Wren',38,null)`,
    `insert into lssn select i, 1 + i * i % 5, 1 + i % 2, (array['NO','SO','WE'])[1 + i % 3], date '2024-01-10' + i * 11, 20 + i % 7 * 5, case when i % 4 = 0 then date '2024-06-01' end from generate_series(1, 20) i`,
    `insert into prz values ('A1','Silver Blade',1,500), ('A2','Golden Loop',3,900), ('A3','Spin Cup',1,250)`,
  ],
  cases: [
    ['How many skaters are there?', 'select count(*) from sktr'],
    ['Which rinks are in Delt?', `select rname from rnk where rtown = 'Delt'`],
    ['Show the first and last names of all skaters.', 'select s_fname, s_lname from sktr'],
    ['What is the home town of Bo Nash?', `select hm_town from sktr where s_lname = 'Nash'`],
    [
      'How many lessons are there per trainer?',
      'select t.tname, count(*) from trnr t join lssn l on l.trnr_no = t.tno group by t.tno',
    ],
    ['What is the average hourly rate of the trainers?', 'select avg(hr_rt) from trnr'],
    ['What is the total fee of the lessons?', 'select sum(fee_amt) from lssn'],
    ['Which rinks have more than 30 lockers?', 'select rname from rnk where no_of_lckrs > 30'],
    ['Which rinks were opened before 2000?', 'select rname from rnk where opnd_yr < 2000'],
    [
      'Which skaters have never had a lesson?',
      'select s_fname, s_lname from sktr where s_no not in (select sno from lssn)',
    ],
    ['How many lessons took place in Frost Hall?', `select count(*) from lssn where rnk_cd = 'WE'`],
    ['Which trainers gave no lessons?', `select tname from trnr where tname = 'Ivo Wren'`],
    ['How many lessons were cancelled?', 'select count(*) from lssn where cncl_dt is not null'],
    ['Which prizes did Ana Moor win?', 'select p.ptitle from prz p where p.s_no = 1'],
    ['What is the average number of goals of the skaters?', 'select avg(gs) from sktr'],
    ['What is the average humidity of the trainers?', 'select avg(hum_pct) from trnr'],
  ],
  refusals: [
    ['How many judges are there?', /judges/],
    ['What is the price of each lesson ticket?', /./],
    ['Which skaters wear a helmet?', /helmet/],
    ['What is the parish of each skater?', /parish/],
    ['How many nationals did each trainer win?', /nationals/],
  ],
  talks: [
    [
      ['Which rinks are in Delt?', `select rname from rnk where rtown = 'Delt'`],
      [
        'only those with more than 50 lockers',
        `select rname from rnk where rtown = 'Delt' and no_of_lckrs > 50`,
      ],
    ],
  ],
};
