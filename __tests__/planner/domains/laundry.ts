/** A laundry: states that are no enum, what is said of every one that somebody has, how long ago something was. */
import type { Domain } from './domain.js';

const ONLY_PAID = `select name from patrons p where exists (select 1 from bundles b where b.patron_id = p.patron_id)
  and not exists (select 1 from bundles b where b.patron_id = p.patron_id and b.state is distinct from 'paid')`;

export const laundry: Domain = {
  name: 'laundry',
  today: '2026-04-20',
  sql: [
    `create table patrons (patron_id int primary key, name text not null, town text not null)`,
    `create table bundles (
      bundle_id int primary key, patron_id int not null references patrons, state text, brought date not null, weight int not null)`,
    `create table tickets (
      ticket_id int primary key, patron_id int not null references patrons, issued date not null, ended date, collected_at date)`,
    `comment on column tickets.collected_at is 'When it was fetched; null while the ticket is uncollected'`,
    `insert into patrons select i, (array['Una','Vic','Wes','Xia','Yan','Zoe'])[i], (array['Ayr','Bude','Ayr'])[1 + i % 3] from generate_series(1, 6) i`,
    `insert into tickets select i, 1 + i % 6, date '2026-01-01' + i, case when i % 2 = 0 then date '2026-02-01' + i end, null from generate_series(1, 8) i`,
    `insert into bundles select i, 1 + i % 5, case when 1 + i % 5 = 2 then 'paid' when i = 9 then null when 1 + i % 5 = 5 then 'paid'
      else (array['paid','lost','washed'])[1 + i % 3] end, date '2026-04-19' - (i * i), i % 7 from generate_series(1, 30) i`,
  ],
  cases: [
    ['uncollected tickets', 'select * from tickets where collected_at is null'],
    ['bundles that are paid', `select * from bundles where state = 'paid'`],
    ['paid bundles', `select * from bundles where state = 'paid'`],
    ['how many bundles were washed?', `select count(*) from bundles where state = 'washed'`],
    [
      'patrons with lost bundles',
      `select name from patrons p where exists (select 1 from bundles b where b.patron_id = p.patron_id and state = 'lost')`,
    ],
    ['patrons whose bundles are all paid', ONLY_PAID],
    ['patrons all of whose bundles are paid', ONLY_PAID],
    ['patrons where every bundle is paid', ONLY_PAID],
    ['patrons with only paid bundles', ONLY_PAID],
    ['patrons who only have paid bundles', ONLY_PAID],
    [
      'patrons none of whose bundles are lost',
      `select name from patrons p where not exists (select 1 from bundles b where b.patron_id = p.patron_id and state = 'lost')`,
    ],
    ['bundles older than 30 days', `select * from bundles where brought < '2026-03-21'`],
    ['bundles newer than 2 weeks', `select * from bundles where brought > '2026-04-06'`],
    [
      'how many bundles were brought more than two months ago?',
      `select count(*) from bundles where brought < '2026-02-20'`,
    ],
    ['bundles older than 2 years', `select * from bundles where brought < '2024-04-20'`],
    [
      'bundles from last month',
      `select * from bundles where brought between '2026-03-01' and '2026-03-31'`,
    ],
    ['bundles from 2025', `select * from bundles where extract(year from brought) = 2025`],
    ['bundles from 2026 on', `select * from bundles where brought >= '2026-01-01'`],
  ],
  refusals: [
    ['bundles that were ironed', /./],
    ['patrons with used bundles', /./],
    ['patrons with bundles that are all paid', /./],
    ['patrons who have all bundles paid', /./],
    ['top patron in each town', /./],
    ['bundles that took more than 5 days', /./],
    ['current tickets', /./],
  ],
  talks: [
    [
      ['patrons whose bundles are all paid', ONLY_PAID],
      ['how many are there?', `select count(*) from (${ONLY_PAID}) q`],
    ],
  ],
};
