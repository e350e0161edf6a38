/** A sawmill whose names are cryptic: comments say what things are called. */
import type { Domain } from './domain.js';

export const mill: Domain = {
  name: 'mill',
  today: '2025-05-05',
  sql: [
    `create table lg_hdr (lg_no int primary key, sp text not null, mst_val numeric not null, wet_flg boolean not null, in_dt date not null)`,
    `create table ct_ln (ct_no int primary key, lg_no int not null references lg_hdr, brd_cnt int not null, wst_qty numeric not null)`,
    `create table krn (krn_cd text primary key, krn_nm text not null, tmp_c int not null)`,
    `comment on table lg_hdr is 'felled logs'`,
    `comment on table ct_ln is 'cuts of felled logs'`,
    `comment on table krn is 'Drying kilns, in both halls'`,
    `comment on column lg_hdr.sp is 'species: oak, larch or pine'`,
    `comment on column lg_hdr.mst_val is 'moisture content in percent'`,
    `comment on column lg_hdr.wet_flg is 'waterlogged'`,
    `comment on column ct_ln.brd_cnt is 'boards'`,
    `comment on column krn.tmp_c is 'the heat, in degrees'`,
    `insert into lg_hdr select i, (array['oak','larch','pine'])[1 + i % 3], 10 + (i * 7) % 30, i % 4 = 0, date '2025-01-01' + i from generate_series(1, 12) i`,
    `insert into ct_ln select i, 1 + (i * 5) % 11, 2 + (i * 3) % 7, i * 0.5 from generate_series(1, 20) i`,
    `insert into krn values ('A', 'Alder', 55), ('B', 'Birch', 70), ('C', 'Cedar', 62)`,
  ],
  cases: [
    ['How many felled logs are there?', 'select count(*) from lg_hdr'],
    ['number of felled logs per species', 'select sp, count(*) from lg_hdr group by sp'],
    [
      'How many felled logs have a moisture content above 25?',
      'select count(*) from lg_hdr where mst_val > 25',
    ],
    ['How many waterlogged logs are there?', 'select count(*) from lg_hdr where wet_flg'],
    ['average moisture content of the felled logs', 'select avg(mst_val) from lg_hdr'],
    ['names of the drying kilns', 'select krn_nm from krn'],
    ['How many cuts are there?', 'select count(*) from ct_ln'],
    ['the drying kiln with the highest heat', `select krn_nm from krn where krn_cd = 'B'`],
  ],
  refusals: [
    ['How many sawyers work here?', /sawyers/],
    ['price of the felled logs', /price/],
  ],
  talks: [
    [
      ['felled logs with a moisture content above 25', 'select * from lg_hdr where mst_val > 25'],
      ['how many are there?', 'select count(*) from lg_hdr where mst_val > 25'],
    ],
  ],
};
