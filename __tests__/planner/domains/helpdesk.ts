/** A help desk: enums, flags, a table that refers to itself, money by quantity and price, comments as the only hint. */
import type { Domain } from './domain.js';

export const helpdesk: Domain = {
  name: 'helpdesk',
  today: '2025-05-20',
  sql: [
    `create type priority as enum ('low', 'normal', 'high', 'urgent')`,
    `create type ticket_status as enum ('open', 'in_progress', 'resolved', 'closed')`,
    `create table teams (id int primary key, name text not null)`,
    `create table agents (id int primary key, name text not null, team_id int not null references teams, manager_id int references agents, hired_on date not null, hourly_rate numeric(6,2) not null)`,
    `create table clients (id int primary key, company_name text not null, industry text not null, country text not null, created_at timestamptz not null)`,
    `create table tickets (
      id int primary key, client_id int not null references clients, agent_id int references agents, subject text not null,
      priority priority not null, status ticket_status not null, is_billable boolean not null,
      opened_at timestamptz not null, closed_at timestamptz)`,
    `create table work_entries (id int primary key, ticket_id int not null references tickets, agent_id int not null references agents, minutes int not null, worked_on date not null)`,
    `create table licenses (id int primary key, client_id int not null references clients, product text not null, seats int not null, yearly numeric(10,2) not null, valid_until date)`,
    `comment on column licenses.yearly is 'Revenue per year in euros'`,
    `comment on table licenses is 'Software that clients subscribe to'`,
    `insert into teams values (1,'Network'),(2,'Desktop'),(3,'Billing')`,
    `insert into agents values (1,'Kim Vale',1,null,'2015-01-10',60),(2,'Lou Wren',1,1,'2018-06-01',45),(3,'Mo Xu',2,1,'2020-02-15',40),(4,'Nan York',2,3,'2022-09-01',35),(5,'Ora Zink',2,3,'2023-11-20',32)`,
    `insert into clients select i, (array['Acorn Ltd','Birch Corp','Cedar Inc','Dogwood SA','Elm GmbH','Fir BV'])[i], (array['Retail','Finance','Energy'])[1 + i % 3], (array['Spain','Germany'])[1 + i % 2], timestamptz '2020-01-01 00:00+00' + i * interval '200 days' from generate_series(1, 6) i`,
    `insert into tickets select i, 1 + (i * 3) % 5, case when i % 9 = 0 then null else 1 + (i * 7) % 4 end, (array['Printer is broken','Cannot log in','Network is slow','Invoice question'])[1 + i % 4], (array['low','normal','high','urgent'])[1 + (i * 5) % 4]::priority, (array['open','in_progress','resolved','closed'])[1 + (i * i + i) % 4]::ticket_status, i % 3 <> 0, timestamptz '2024-01-03 09:00+00' + i * interval '6 days', case when i % 4 = 0 then timestamptz '2024-01-05 09:00+00' + i * interval '6 days' end from generate_series(1, 80) i`,
    `insert into work_entries select i, 1 + (i * 7) % 75, 1 + i % 4, 10 + (i * 17) % 120, date '2024-01-10' + i * 3 from generate_series(1, 160) i`,
    `insert into licenses select i, 1 + (i * 2) % 6, (array['Desk','Vault','Pulse'])[1 + i % 3], 5 + i * 2, 900 + i * 75, case when i % 3 = 0 then null else date '2025-01-01' + i * 40 end from generate_series(1, 14) i`,
  ],
  cases: [
    [
      'average hourly rate by team for teams with more than 1 agent',
      'select t.name, avg(a.hourly_rate) from agents a join teams t on t.id = a.team_id group by t.id having count(*) > 1',
    ],
    [
      'top 2 industries by clients',
      'select industry, count(*) from clients group by 1 order by 2 desc, 1 limit 2',
    ],
    [
      'number of new clients per year',
      'select extract(year from created_at)::int, count(*) from clients group by 1',
    ],
    [
      'clients that dont have tickets',
      'select company_name from clients c where not exists (select from tickets t where t.client_id = c.id)',
    ],
    [
      'tickets that are neither low nor normal',
      `select * from tickets where priority not in ('low', 'normal')`,
    ],
    [
      'agents who are not managers',
      'select name from agents a where not exists (select from agents b where b.manager_id = a.id)',
    ],
    [
      'which month had the most tickets',
      `select date_trunc('month', opened_at)::date from tickets group by 1 order by count(*) desc, 1 limit 1`,
    ],
    [
      'top 2 months by tickets',
      `select date_trunc('month', opened_at)::date, count(*) from tickets group by 1 order by 2 desc, 1 limit 2`,
    ],
    ['all tickets but the urgent ones', `select * from tickets where priority <> 'urgent'`],
    [
      'agents hired after their manager',
      'select a.name from agents a join agents m on m.id = a.manager_id where a.hired_on > m.hired_on',
    ],
    [
      'agents with a lower hourly rate than their manager',
      'select a.name from agents a join agents m on m.id = a.manager_id where a.hourly_rate < m.hourly_rate',
    ],
    [
      'agents in the same team as their manager',
      'select a.name from agents a join agents m on m.id = a.manager_id where a.team_id = m.team_id',
    ],
    ['how many open tickets are there', `select count(*) from tickets where status = 'open'`],
    ['tickets in progress', `select * from tickets where status = 'in_progress'`],
    ['urgent tickets', `select * from tickets where priority = 'urgent'`],
    ['number of tickets per priority', 'select priority, count(*) from tickets group by priority'],
    ['tickets without an agent', 'select * from tickets where agent_id is null'],
    [
      'billable tickets opened in March 2024',
      `select * from tickets where is_billable and opened_at >= '2024-03-01' and opened_at < '2024-04-01'`,
    ],
    [
      'how many tickets were opened last quarter',
      `select count(*) from tickets where opened_at >= '2025-01-01' and opened_at < '2025-04-01'`,
    ],
    ['how many tickets have been closed', `select count(*) from tickets where status = 'closed'`],
    [
      'revenue by client',
      'select c.company_name, sum(l.yearly) from clients c join licenses l on l.client_id = c.id group by c.id',
    ],
    ['total revenue', 'select sum(yearly) from licenses'],
    [
      'revenue by country',
      'select c.country, sum(l.yearly) from clients c join licenses l on l.client_id = c.id group by c.country',
    ],
    [
      'total turnover of clients in Spain',
      `select sum(l.yearly) from licenses l join clients c on c.id = l.client_id where c.country = 'Spain'`,
    ],
    ['clients in Finance', `select company_name from clients where industry = 'Finance'`],
    ['customers from Germany', `select company_name from clients where country = 'Germany'`],
    [
      'agents in the Desktop team',
      `select a.name from agents a join teams t on t.id = a.team_id where t.name = 'Desktop'`,
    ],
    [
      'agents managed by Mo Xu',
      `select a.name from agents a join agents m on m.id = a.manager_id where m.name = 'Mo Xu'`,
    ],
    ['agents without a manager', 'select name from agents where manager_id is null'],
    [
      'teams without agents',
      'select name from teams t where not exists (select from agents a where a.team_id = t.id)',
    ],
    [
      'total minutes per agent',
      'select a.name, sum(w.minutes) from work_entries w join agents a on a.id = w.agent_id group by a.id',
    ],
    [
      'average hourly rate per team',
      'select t.name, avg(a.hourly_rate) from agents a join teams t on t.id = a.team_id group by t.id',
    ],
    [
      'which agent has the most tickets',
      'select a.name from agents a join tickets t on t.agent_id = a.id group by a.id order by count(*) desc, a.id limit 1',
    ],
    [
      'number of tickets per week in February 2024',
      `select date_trunc('week', opened_at)::date, count(*) from tickets where opened_at >= '2024-02-01' and opened_at < '2024-03-01' group by 1`,
    ],
    [
      'clients with no tickets',
      'select company_name from clients c where not exists (select from tickets t where t.client_id = c.id)',
    ],
    [
      'tickets of Cedar Inc',
      `select t.* from tickets t join clients c on c.id = t.client_id where c.company_name = 'Cedar Inc'`,
    ],
    [
      'how many tickets does each client have',
      'select c.company_name, count(*) from clients c join tickets t on t.client_id = c.id group by c.id',
    ],
    ['licenses with more than 20 seats', 'select * from licenses where seats > 20'],
    ['licenses for Vault', `select * from licenses where product = 'Vault'`],
    ['tickets that are not billable', 'select * from tickets where not is_billable'],
    ['ticket 12', 'select * from tickets where id = 12'],
    ['the 5 newest tickets', 'select * from tickets order by opened_at desc, id limit 5'],
    ['high or urgent tickets', `select * from tickets where priority in ('high', 'urgent')`],
    [
      'number of clients per industry and country',
      'select industry, country, count(*) from clients group by 1, 2',
    ],
    ['agents hired in 2020 or later', `select name from agents where hired_on >= '2020-01-01'`],
    [
      'clients with at least 16 tickets',
      'select company_name from clients c where (select count(*) from tickets t where t.client_id = c.id) >= 16',
    ],
    [
      'clients with urgent tickets',
      `select company_name from clients c where exists (select from tickets t where t.client_id = c.id and t.priority = 'urgent')`,
    ],
    [
      'number of tickets and number of licenses per client',
      'select company_name, (select count(*) from tickets t where t.client_id = c.id), (select count(*) from licenses l where l.client_id = c.id) from clients c',
    ],
    ['tickets whose subject contains slow', `select * from tickets where subject ilike '%slow%'`],
    ['tickets opened before 2024-02-01', `select * from tickets where opened_at < '2024-02-01'`],
    [
      'tickets opened yesterday',
      `select * from tickets where opened_at >= '2025-05-19' and opened_at < '2025-05-20'`,
    ],
  ],
  refusals: [
    ['tickets about unicorns', /unicorns/],
    ['profit per client', /profit/],
    ['close ticket 12', /chang|close/],
    ['delete the closed tickets', /chang/],
    ['who are you', /you|belong|clear|understood/],
    ['rate of inflation', /inflation/],
  ],
  talks: [
    [
      ['list urgent tickets', `select * from tickets where priority = 'urgent'`],
      ['only the open ones', `select * from tickets where priority = 'urgent' and status = 'open'`],
      ['what about high', `select * from tickets where priority = 'high' and status = 'open'`],
      [
        'how many are there',
        `select count(*) from tickets where priority = 'high' and status = 'open'`,
      ],
    ],
    [
      [
        'revenue by client',
        'select c.company_name, sum(l.yearly) from clients c join licenses l on l.client_id = c.id group by c.id',
      ],
      [
        'only from Spain',
        `select c.company_name, sum(l.yearly) from clients c join licenses l on l.client_id = c.id where c.country = 'Spain' group by c.id`,
      ],
      [
        'sort by revenue descending',
        `select c.company_name, sum(l.yearly) from clients c join licenses l on l.client_id = c.id where c.country = 'Spain' group by c.id order by 2 desc`,
      ],
      [
        'the top 2',
        `select c.company_name, sum(l.yearly) from clients c join licenses l on l.client_id = c.id where c.country = 'Spain' group by c.id order by 2 desc limit 2`,
      ],
    ],
    [
      [
        'how many tickets were opened in 2024',
        `select count(*) from tickets where opened_at >= '2024-01-01' and opened_at < '2025-01-01'`,
      ],
      [
        'in March',
        `select count(*) from tickets where opened_at >= '2024-03-01' and opened_at < '2024-04-01'`,
      ],
      [
        'only the billable ones',
        `select count(*) from tickets where opened_at >= '2024-03-01' and opened_at < '2024-04-01' and is_billable`,
      ],
      [
        'list them',
        `select * from tickets where opened_at >= '2024-03-01' and opened_at < '2024-04-01' and is_billable`,
      ],
    ],
  ],
};
