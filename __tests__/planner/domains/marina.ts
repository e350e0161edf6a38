import type { Domain } from './domain.js';

/** A harbour whose names are short, glued or odd: what requests say in other words, in part, or with slips. */
export const marina: Domain = {
  name: 'marina',
  today: '2025-04-10',
  sql: [
    `create table shipyard (yid int primary key, yname text not null, country text not null, founded int)`,
    `create table boat (bid int primary key, bname text not null, berth_type text not null, mean_draft_m numeric(4,1) not null,
      creation int, list_price numeric(9,2), yid int not null references shipyard)`,
    `create table staff (stfid int primary key, fname text not null, lname text not null, sex char(1) not null,
      home_town text, state text, mobile text, acc_bal numeric(9,2) not null default 0)`,
    `create table inspection (insp_id int primary key, bid int not null references boat, stfid int not null references staff,
      insp_date date not null, outcome_desc text not null)`,
    `insert into shipyard values (1,'Nordhaven','Norway',1921),(2,'Baltika','Poland',1988),(3,'Marenova','Italy',1975)`,
    `insert into boat values (1,'Gull','open',1.2,1999,42000,1),(2,'Heron','covered',1.8,2011,88000,2),
      (3,'Tern','open',0.9,2011,23500,2),(4,'Petrel','covered',2.4,2020,143000,3)`,
    `insert into staff values (1,'Ada','Lund','F','Bergen','Ohio','0471',120.50),(2,'Ben','Okafor','M','Gdynia','OH','0472',80),
      (3,'Cleo','Ricci','F','Genoa','TX','0473',0),(4,'Dan','Meyer','M',null,'TX','0474',310)`,
    `insert into inspection values (1,1,1,'2025-01-10','passed'),(2,2,1,'2025-01-12','failed'),(3,2,3,'2025-02-02','passed'),(4,4,2,'2025-03-15','passed')`,
  ],
  cases: [
    ['how many vessels are there', `select count(*) from boat`],
    ['show the boat id and the name of each boat', `select bid, bname from boat`],
    ['what are the ids of the staff members', `select stfid from staff`],
    ['how many staff members are there', `select count(*) from staff`],
    ['list the full names of the staff', `select fname, lname from staff`],
    ['how many female staff members are there', `select count(*) from staff where sex = 'F'`],
    ['what is the average draft of boats', `select avg(mean_draft_m) from boat`],
    ['show the creation year of each boat', `select creation from boat`],
    ['list the mobile numbers of the staff', `select mobile from staff`],
    ['what is the acount balance of Ben Okafor', `select acc_bal from staff where fname = 'Ben'`],
    [
      'how many inpsections were there in 2025',
      `select count(*) from inspection where insp_date >= '2025-01-01' and insp_date < '2026-01-01'`,
    ],
    ['what are the corresponding hometowns of the staff', `select home_town from staff`],
    [
      'which countries do the shipyards actually come from',
      `select distinct country from shipyard`,
    ],
    [
      'number of boats for each berth type',
      `select berth_type, count(*) from boat group by berth_type`,
    ],
  ],
  refusals: [
    ['how many pilots are there', /pilots/],
    ['how many dinghies are there', /dinghies/],
    ['list the horoscope of the staff', /horoscope/],
    ['how many Gulf boats are there', /Gulf/],
    ['list the names of all failed shipyards', /shipyard/],
  ],
  talks: [
    [
      ['how many vessels are there', `select count(*) from boat`],
      ['only the covered ones', `select count(*) from boat where berth_type = 'covered'`],
    ],
  ],
};
