-- Cryptic abbreviations; comments on some of them.
create table whs (whs_cd text primary key, whs_nm text not null, cty text not null, cap_m3 int not null);
create table sup (sup_id int primary key, sup_nm text not null, ctry text not null, lead_dys int not null);
create table itm (
  itm_no int primary key, itm_dsc text not null, sup_id int references sup, unt_prc numeric(8, 2) not null, wgt_kg numeric(6, 2), disc_flg boolean not null
);
create table stk (whs_cd text references whs, itm_no int references itm, qty int not null, min_qty int not null, primary key (whs_cd, itm_no));
create table po_hdr (po_no int primary key, sup_id int references sup, ord_dt date not null, rcv_dt date, sts text not null);
create table po_ln (po_no int references po_hdr, ln_no int, itm_no int references itm, qty int not null, prc numeric(8, 2) not null, primary key (po_no, ln_no));
comment on table whs is 'warehouses';
comment on table sup is 'suppliers';
comment on table itm is 'items that are kept in stock';
comment on table stk is 'stock levels of items in warehouses';
comment on table po_hdr is 'purchase orders';
comment on table po_ln is 'lines of purchase orders';
comment on column itm.disc_flg is 'discontinued';
comment on column sup.lead_dys is 'lead time in days';
comment on column po_hdr.sts is 'status: open, received, cancelled';
insert into whs values ('HAM', 'Hamburg North', 'Hamburg', 5200), ('LYO', 'Lyon Hub', 'Lyon', 3100), ('GDA', 'Gdansk Port', 'Gdansk', 7400);
insert into sup values (1, 'Brite Lamps', 'Poland', 12), (2, 'Kabelwerk', 'Germany', 7), (3, 'Outils Martin', 'France', 21), (4, 'Nordfix', 'Sweden', 15);
insert into itm values
  (100, 'desk lamp', 1, 24.90, 1.80, false), (101, 'floor lamp', 1, 79.00, 6.40, false), (102, 'extension cable', 2, 9.50, 0.60, false), (103, 'cable reel', 2, 45.00, 5.20, false),
  (104, 'hammer', 3, 17.20, 0.90, false), (105, 'hand saw', 3, 22.00, 0.75, true), (106, 'wall anchor', 4, 3.10, 0.05, false), (107, 'oil lantern', 1, 31.50, 1.20, true), (108, 'paint roller', 4, 6.80, 0.30, false);
insert into stk values
  ('HAM', 100, 140, 50), ('HAM', 102, 600, 200), ('HAM', 104, 12, 40), ('HAM', 106, 5000, 1000), ('LYO', 100, 20, 30), ('LYO', 101, 35, 10), ('LYO', 104, 85, 40), ('LYO', 105, 4, 0),
  ('GDA', 101, 8, 10), ('GDA', 102, 150, 200), ('GDA', 103, 64, 20), ('GDA', 107, 11, 0);
insert into po_hdr values
  (9001, 1, '2024-01-08', '2024-01-22', 'received'), (9002, 2, '2024-02-15', '2024-02-20', 'received'), (9003, 3, '2024-03-01', null, 'cancelled'), (9004, 1, '2024-05-20', '2024-06-03', 'received'),
  (9005, 4, '2024-06-11', null, 'open'), (9006, 2, '2024-06-18', null, 'open'), (9007, 3, '2023-11-30', '2023-12-28', 'received');
insert into po_ln values
  (9001, 1, 100, 100, 14.00), (9001, 2, 101, 40, 48.00), (9002, 1, 102, 500, 4.20), (9003, 1, 104, 60, 9.90), (9004, 1, 100, 80, 14.50), (9005, 1, 106, 4000, 1.10), (9006, 1, 103, 50, 26.00),
  (9006, 2, 102, 300, 4.30), (9007, 1, 104, 90, 9.40), (9007, 2, 105, 30, 12.00);
