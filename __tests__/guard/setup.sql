-- A shop beside traps: what the guard's corpora run against.
--
-- Loaded by a superuser into an empty database of PostgreSQL 15 or newer, or into the embedded one; what a server
-- does not have (an extension, a foreign data wrapper) is left out without a word. Every statement ends with `;` at
-- the end of a line. Objects may be added; what is there keeps its name, its meaning and its rows.
--
-- Schemas:
--   shop        honest tables, types, views, functions; its traps are named in the section "traps that look like the shop"
--   public      what an unqualified name may reach by accident: overloads of built-ins, operators, functions for attributes
--   traps       the rest of what must not be touched
--   shadow      what the role shop_misled finds before pg_catalog
--   extensions  extensions, where they are available
--
-- Roles, all of which may log in: shop_owner (owns shop), shop_reader (may only read), shop_misled (reads, with
-- shadow before pg_catalog in its search_path).
--
-- Whoever runs a trap calls traps.spring(): it leaves a session's advisory lock (7001, …), which no rollback takes back,
-- and, where dblink is there, a row in traps.log that another session commits. Only with the setting traps.quiet does it
-- do nothing: whoever compares states reads tables whose indexes and constraints are traps, too.
--
-- Mind, when writing honest statements: public has `varchar = varchar` and `varchar <> varchar` (text = text is
-- PostgreSQL's own), `order_status ~~ text` (LIKE), lower/length/to_char(order_status), abs/count/sum/format(money_t),
-- initcap(varchar), round(text), ltrim(email), and a cast of money_t to numeric. They are traps.

do $$
declare
  role_name text;
begin
  foreach role_name in array array['shop_owner', 'shop_reader', 'shop_misled'] loop
    begin
      execute format('create role %I login', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
  begin
    execute 'alter role shop_misled set search_path = shadow, pg_catalog, shop, public';
  exception when others then
    -- Another suite is doing the same at this moment.
    if sqlstate <> 'XX000' then
      raise;
    end if;
  end;
end $$;

create schema shop authorization shop_owner;
create schema traps;
create schema shadow;
create schema extensions;
create schema "Odd Schema";
grant usage on schema shop, traps, shadow, extensions, "Odd Schema" to public;
grant create on schema public to shop_owner;

do $$
declare
  extension text;
begin
  foreach extension in array array[
    'dblink', 'tablefunc', 'xml2', 'file_fdw', 'postgres_fdw', 'lo', 'pageinspect', 'pg_prewarm', 'pgstattuple',
    'adminpack', 'pgcrypto', 'citext', 'hstore', 'pg_trgm', 'pg_surgery', 'pg_visibility', 'pg_buffercache', 'amcheck',
    'pg_walinspect', 'uuid-ossp', 'intarray', 'pgrowlocks', 'tsm_system_rows', 'sslinfo'
  ] loop
    if exists (select from pg_catalog.pg_available_extensions where name = extension) then
      begin
        execute format('create extension %I schema %I', extension, case extension when 'adminpack' then 'pg_catalog' else 'extensions' end);
      exception when others then
        raise notice 'without %: %', extension, sqlerrm;
      end;
    end if;
  end loop;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The shop
-- ---------------------------------------------------------------------------------------------------------------

set role shop_owner;

create type shop.order_status as enum ('new', 'paid', 'shipped', 'delivered', 'cancelled');
create type shop.priority as enum ('low', 'normal', 'high');
create type shop.address as (street text, city text, zip text);
create type shop.money_t as (amount numeric, currency text);
create domain shop.email as text check (value ~ '^[^@ ]+@[^@ ]+$');
create domain shop.quantity as int check (value > 0);
create type shop.price_range as range (subtype = numeric);

create table shop.customers (
  id int generated always as identity primary key,
  name text not null,
  email shop.email not null unique,
  code varchar(12) not null,
  address shop.address,
  tags text[] not null default '{}',
  preferences jsonb not null default '{}',
  "Loyalty Points" int not null default 0,
  born date,
  balance shop.money_t,
  created_at timestamptz not null default now()
);

create table shop.products (
  id int generated always as identity primary key,
  sku text not null unique,
  name text not null,
  description text not null,
  price numeric(10, 2) not null,
  cost numeric(10, 2) not null,
  margin numeric generated always as (price - cost) stored,
  stock int not null,
  weight double precision,
  prices shop.price_range,
  available daterange,
  seasons datemultirange,
  attributes jsonb not null,
  history numeric[] not null,
  "lower" text,
  total int,
  photo bytea,
  search tsvector generated always as (to_tsvector('english', name || ' ' || description)) stored
);

create table shop.orders (
  id bigint generated always as identity primary key,
  customer_id int not null references shop.customers,
  status shop.order_status not null,
  priority shop.priority not null default 'normal',
  placed_at timestamptz not null,
  shipped_at timestamptz,
  note text,
  total_cents int not null,
  total numeric generated always as (total_cents / 100.0) stored
);

create table shop.order_items (
  order_id bigint not null references shop.orders,
  line int not null,
  product_id int not null references shop.products,
  quantity shop.quantity not null,
  unit_price numeric(10, 2) not null,
  discount numeric(4, 2) not null default 0,
  primary key (order_id, line)
);

create table shop.employees (
  id int primary key,
  name text not null,
  manager_id int references shop.employees,
  salary numeric not null,
  department text not null
);

create table shop.measurements (
  id int primary key,
  spot point,
  area box,
  route path,
  shape polygon,
  round circle,
  address inet,
  network cidr,
  device macaddr,
  token uuid,
  flags bit(8),
  bits bit varying(16),
  lasted interval,
  at_time time,
  at_timetz timetz,
  at timestamp,
  ratio real,
  big bigint,
  small smallint,
  letter "char",
  label name,
  exact numeric,
  document json,
  query tsquery,
  spans int4range[],
  windows nummultirange
);

create table shop.events (
  id bigint not null,
  at timestamptz not null,
  kind text not null,
  payload jsonb not null
) partition by range (at);
create table shop.events_2024_01 partition of shop.events for values from ('2024-01-01 00:00:00+00') to ('2024-02-01 00:00:00+00');
create table shop.events_2024_02 partition of shop.events for values from ('2024-02-01 00:00:00+00') to ('2024-03-01 00:00:00+00');
create table shop.events_rest partition of shop.events default;

create table shop.regions (id int, country text, name text) partition by list (country);
create table shop.regions_es partition of shop.regions for values in ('ES');
create table shop.regions_rest partition of shop.regions default;

create table shop.animals (id int primary key, name text);
create table shop.birds (wingspan int) inherits (shop.animals);

create table shop.documents (id int primary key, reader name not null, title text not null, body text);
alter table shop.documents enable row level security;
alter table shop.documents force row level security;
create policy documents_mine on shop.documents using (reader = current_user or reader = 'public');

create table shop."Odd Table" (id int primary key, "select" text, "Mixed Case" text, "ä ö" text, "a""b" text);

insert into shop.customers (name, email, code, address, tags, preferences, "Loyalty Points", born, balance, created_at)
select
  (array['Ana', 'Bo', 'Chen', 'Dana', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jun'])[1 + g % 10] || ' ' || g,
  'customer' || g || '@example.com',
  'C' || lpad(g::text, 4, '0'),
  case when g % 7 > 0 then row(g || ' Main St', (array['Madrid', 'Berlin', 'Lima', 'Osaka'])[1 + g % 4], lpad(g::text, 5, '0'))::shop.address end,
  case g % 3 when 0 then array['vip', 'early'] when 1 then array['early'] else '{}' end,
  jsonb_build_object('newsletter', g % 2 = 0, 'theme', case when g % 3 = 0 then 'dark' else 'light' end, 'limits', jsonb_build_array(g, g * 2)),
  g * 10 % 70,
  case when g % 5 > 0 then date '1960-01-01' + g * 311 end,
  row(g * 1.5, case when g % 2 = 0 then 'EUR' else 'USD' end)::shop.money_t,
  timestamptz '2023-06-01 00:00:00+00' + g * interval '37 hours'
from generate_series(1, 40) g;

insert into shop.products (sku, name, description, price, cost, stock, weight, prices, available, seasons, attributes, history, "lower", total, photo)
select
  'SKU-' || g,
  (array['lamp', 'chair', 'table', 'mug', 'rug'])[1 + g % 5] || ' no. ' || g,
  (array['A warm light for reading', 'Solid oak, comfortable', 'Seats six people', 'Holds hot coffee', 'Soft woven wool'])[1 + g % 5],
  g * 9.99,
  g * 6.5,
  g * 3 % 17,
  case when g % 4 > 0 then g * 0.75 end,
  shop.price_range(g * 5, g * 10),
  daterange(date '2024-01-01' + g, case when g % 3 > 0 then date '2024-06-01' + g end),
  datemultirange(daterange(date '2024-01-01', date '2024-02-01'), daterange(date '2024-07-01', date '2024-07-01' + g)),
  jsonb_build_object('colour', (array['red', 'green', 'blue'])[1 + g % 3], 'size', jsonb_build_object('w', g, 'h', g * 2), 'tags', jsonb_build_array('a', g)),
  array[g * 8.0, g * 9.0, g * 9.99],
  'Lower ' || g,
  g,
  decode(lpad(to_hex(g), 4, '0'), 'hex')
from generate_series(1, 20) g;

insert into shop.orders (customer_id, status, priority, placed_at, shipped_at, note, total_cents)
select
  1 + g * 7 % 38,
  (enum_range(null::shop.order_status))[1 + g % 5],
  (enum_range(null::shop.priority))[1 + g % 3],
  timestamptz '2024-01-01 00:00:00+00' + g * interval '11 hours',
  case when g % 5 in (2, 3) then timestamptz '2024-01-03 00:00:00+00' + g * interval '11 hours' end,
  case when g % 9 = 0 then 'gift; wrap it' end,
  g * 1234 % 50000
from generate_series(1, 200) g;

insert into shop.order_items (order_id, line, product_id, quantity, unit_price, discount)
select o, l, 1 + (o * 3 + l) % 20, 1 + (o + l) % 5, ((o * 3 + l) % 20 + 1) * 9.99, case when o % 10 = 0 then 0.15 else 0 end
from generate_series(1, 200) o, generate_series(1, 3) l
where (o + l) % 4 > 0;

insert into shop.employees
values (1, 'Ada', null, 9000, 'board'), (2, 'Ben', 1, 7000, 'sales'), (3, 'Cleo', 1, 7200, 'engineering'),
  (4, 'Dov', 2, 5000, 'sales'), (5, 'Eva', 3, 6100, 'engineering'), (6, 'Finn', 3, 6100, 'engineering'),
  (7, 'Gil', 5, 4200, 'engineering'), (8, 'Hui', 4, 3900, 'sales');

insert into shop.measurements
select g, point(g, -g), box(point(0, 0), point(g, g)), '[(0,0),(1,1),(2,0)]', '((0,0),(0,1),(1,1))', circle(point(g, g), g),
  '10.0.0.1'::inet + g, '10.1.0.0/16', '08:00:2b:01:02:03', ('00000000-0000-4000-8000-' || lpad(g::text, 12, '0'))::uuid,
  g::bit(8), '101', g * interval '1 hour 1 minute', time '08:00' + g * interval '1 minute', '08:00:00+02',
  timestamp '2024-02-29 12:00' + g * interval '1 day', g / 3.0, 9007199254740990 + g, g, 'x', 'label' || g, g / 7.0,
  json_build_object('n', g, 'list', array[g, g + 1]), to_tsquery('english', 'lamp & reading'),
  array[int4range(1, g + 1), int4range(5, 9)], nummultirange(numrange(1, 2), numrange(3, 3 + g))
from generate_series(1, 6) g;

insert into shop.events
select g, timestamptz '2024-01-10 00:00:00+00' + g * interval '1 day',
  (array['view', 'cart', 'purchase'])[1 + g % 3], jsonb_build_object('session', g % 10, 'value', g)
from generate_series(1, 60) g;

insert into shop.regions values (1, 'ES', 'Madrid'), (2, 'ES', 'Sevilla'), (3, 'DE', 'Berlin'), (4, 'PE', 'Lima');
insert into shop.animals values (1, 'cat'), (2, 'dog');
insert into shop.birds values (3, 'heron', 180), (4, 'wren', 15);
insert into shop."Odd Table" values (1, 'one', 'Eins', 'été', 'quote'), (2, 'two', 'Zwei', 'ñandú', 'quotes');

create sequence shop.tickets;
create index customers_by_lower_name on shop.customers (lower(name));
create index products_by_search on shop.products using gin (search);
create index orders_open on shop.orders (placed_at) where status <> 'cancelled';

create view shop.customer_orders as
select c.id, c.name, o.id as order_id, o.status, o.placed_at, o.total
from shop.customers c
join shop.orders o on o.customer_id = c.id;

create view shop.monthly_revenue as
select date_trunc('month', placed_at at time zone 'UTC')::date as month, sum(total) as revenue, count(*) as orders
from shop.customer_orders
group by 1;

create view shop.best_months with (security_invoker = true) as
select month, revenue, rank() over (order by revenue desc) as place
from shop.monthly_revenue;

create recursive view shop.chain (id, name, depth) as
select id, name, 0 from shop.employees where manager_id is null
union all
select e.id, e.name, c.depth + 1 from shop.employees e join chain c on e.manager_id = c.id;

create materialized view shop.product_sales as
select product_id, sum(quantity * unit_price * (1 - discount)) as revenue, count(*) as lines
from shop.order_items
group by product_id;

comment on table shop.customers is 'people who bought something';
comment on column shop.customers.code is 'the number on the card';

-- Honest, but a user's function all the same: it is allowed by name or not at all.
create function shop.with_tax(amount numeric) returns numeric language sql immutable return amount * 1.21;

-- An aggregate and an operator of the user's own over nothing but built-in functions.
create aggregate shop.product_of(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');
create aggregate shop.longest(text) (sfunc = text_larger, stype = text);

reset role;

create operator public.<=> (leftarg = numeric, rightarg = numeric, function = numeric_cmp);
create operator public.<=> (leftarg = text, rightarg = text, function = bttextcmp);
create operator public.@# (rightarg = numeric, function = numeric_abs);
create text search configuration shop.plain (copy = simple);
create collation shop.bytewise (locale = 'C');

insert into shop.documents values (1, 'shop_owner', 'mine', 'of the owner'), (2, 'shop_reader', 'yours', 'of the reader'),
  (3, 'public', 'ours', 'of all'), (4, 'nobody', 'hidden', 'of nobody');

-- ---------------------------------------------------------------------------------------------------------------
-- What a trap does
-- ---------------------------------------------------------------------------------------------------------------

create table traps.log (id int generated always as identity, at timestamptz not null default clock_timestamp(), what text not null);

create function traps.spring(what text) returns text language plpgsql volatile security definer as $$
begin
  if pg_catalog.current_setting('traps.quiet', true) operator(pg_catalog.=) 'on' then
    return what;
  end if;
  perform pg_catalog.pg_try_advisory_lock(7001, pg_catalog.hashtext(what));
  if exists (select from pg_catalog.pg_extension where extname = 'dblink') then
    begin
      perform extensions.dblink_exec(
        pg_catalog.format('host=127.0.0.1 port=%s user=postgres dbname=%s', pg_catalog.current_setting('port'), pg_catalog.quote_ident(pg_catalog.current_database())),
        pg_catalog.format('insert into traps.log (what) values (%L)', what));
    exception when others then
      null;
    end;
  end if;
  return what;
end $$;

create sequence traps.counter;
create table traps.bait (id int primary key, name text);
insert into traps.bait values (1, 'one'), (2, 'two'), (3, 'three');

-- ---------------------------------------------------------------------------------------------------------------
-- Functions of every label
-- ---------------------------------------------------------------------------------------------------------------

create function traps.vol() returns int language plpgsql volatile as $$ begin perform traps.spring('vol'); return 1; end $$;
create function traps.vol(n int) returns int language plpgsql volatile as $$ begin perform traps.spring('vol(int)'); return n; end $$;
create function traps.stab(n int) returns int language plpgsql stable as $$ begin perform traps.spring('stab'); return n; end $$;
create function traps.immut(n int) returns int language plpgsql immutable as $$ begin perform traps.spring('immut'); return n; end $$;
create function traps.immut_text(t text) returns text language plpgsql immutable as $$ begin perform traps.spring('immut_text'); return t; end $$;
create function traps.immut_bool(n int) returns boolean language plpgsql immutable as $$ begin perform traps.spring('immut_bool'); return true; end $$;
create function traps.safe(n int) returns int language plpgsql immutable parallel safe leakproof as $$ begin perform traps.spring('safe'); return n; end $$;
create function traps.definer(n int) returns int language plpgsql stable security definer as $$ begin perform traps.spring('definer'); return n; end $$;
create function traps.inlined(n int) returns int language sql stable as $$ select traps.vol(n) $$;
create function traps.standard_body(n int) returns int language sql immutable return traps.immut(n);
create function traps.rows_of(n int) returns setof int language plpgsql stable rows 3 as $$ begin perform traps.spring('rows_of'); return query select g from generate_series(1, n) g; end $$;
create function traps.table_of(n int) returns table (a int, b text) language plpgsql stable as $$ begin perform traps.spring('table_of'); return query select n, 'x'; end $$;
create function traps.record_of(n int) returns record language plpgsql stable as $$ begin perform traps.spring('record_of'); return row(n, 'x'); end $$;
create function traps.adds(variadic numbers int[]) returns int language plpgsql immutable as $$ begin perform traps.spring('adds'); return cardinality(numbers); end $$;
create function traps.named(a int default 1, b int default 2) returns int language plpgsql stable as $$ begin perform traps.spring('named'); return a - b; end $$;
create function traps.poly(thing anyelement) returns anyelement language plpgsql immutable as $$ begin perform traps.spring('poly'); return thing; end $$;
create function traps.poly_array(things anyarray) returns anyelement language plpgsql stable as $$ begin perform traps.spring('poly_array'); return things[1]; end $$;
create function traps.out_only(out a int, out b int) language plpgsql stable as $$ begin perform traps.spring('out_only'); a := 1; b := 2; end $$;
create function traps.nothing() returns void language plpgsql stable as $$ begin perform traps.spring('nothing'); end $$;
create function traps.honest_with_default(a int default traps.immut(7)) returns int language sql immutable return a;
create function traps.writes() returns int language plpgsql volatile as $$ begin insert into traps.bait values (99, 'written'); return 1; end $$;
create function traps.runs(command text) returns text language plpgsql volatile as $$ begin execute command; return command; end $$;
create function traps.lifts() returns text language plpgsql volatile as $$ begin perform set_config('transaction_read_only', 'off', true); insert into traps.bait values (98, 'lifted'); return 'lifted'; end $$;
create function traps.raises() returns int language plpgsql stable as $$ begin perform traps.spring('raises'); raise exception 'a trap'; end $$;
create function traps."Mixed Case"(n int) returns int language plpgsql stable as $$ begin perform traps.spring('Mixed Case'); return n; end $$;
create function traps."select"(n int) returns int language plpgsql stable as $$ begin perform traps.spring('select'); return n; end $$;
create function traps."été"(n int) returns int language plpgsql stable as $$ begin perform traps.spring('été'); return n; end $$;
create function "Odd Schema"."do it"() returns int language plpgsql stable as $$ begin perform traps.spring('do it'); return 1; end $$;
create function traps.support_like(t text) returns boolean language plpgsql immutable as $$ begin perform traps.spring('support_like'); return true; end $$;
create procedure traps.proc() language plpgsql as $$ begin perform traps.spring('proc'); end $$;
create function traps.on_change() returns trigger language plpgsql as $$ begin perform traps.spring('on_change'); return new; end $$;
create function traps.alias_of_set_config(text, text, boolean) returns text language internal volatile as 'set_config_by_name';
create function traps.alias_of_read_file(text) returns text language internal stable as 'pg_read_file_all';

-- ---------------------------------------------------------------------------------------------------------------
-- Overloads of built-in functions, found by the types of the arguments alone
-- ---------------------------------------------------------------------------------------------------------------

create function public.lower(s shop.order_status) returns text language plpgsql immutable as $$ begin return traps.spring('lower(order_status)'); end $$;
create function public.length(s shop.order_status) returns int language plpgsql immutable as $$ begin perform traps.spring('length(order_status)'); return 1; end $$;
create function public.to_char(s shop.order_status, t text) returns text language plpgsql stable as $$ begin return traps.spring('to_char(order_status)'); end $$;
create function public.abs(m shop.money_t) returns numeric language plpgsql immutable as $$ begin perform traps.spring('abs(money_t)'); return m.amount; end $$;
create function public.format(m shop.money_t) returns text language plpgsql immutable as $$ begin return traps.spring('format(money_t)'); end $$;
create function public.now(n int) returns timestamptz language plpgsql stable as $$ begin perform traps.spring('now(int)'); return now(); end $$;
create function public.random(t text) returns float8 language plpgsql volatile as $$ begin perform traps.spring('random(text)'); return 0; end $$;
create function public.initcap(t varchar) returns text language plpgsql immutable as $$ begin return traps.spring('initcap(varchar)'); end $$;
create function public.round(t text) returns numeric language plpgsql immutable as $$ begin perform traps.spring('round(text)'); return 0; end $$;
create function public.ltrim(e shop.email) returns text language plpgsql immutable as $$ begin return traps.spring('ltrim(email)'); end $$;
create function public.generate_series(a shop.order_status, b shop.order_status) returns setof shop.order_status language plpgsql stable as $$ begin perform traps.spring('generate_series(order_status)'); return next a; end $$;
create function public.unnest(m shop.money_t) returns setof numeric language plpgsql stable as $$ begin perform traps.spring('unnest(money_t)'); return next m.amount; end $$;
create function public.substring(m shop.money_t, i int) returns text language plpgsql stable as $$ begin return traps.spring('substring(money_t)'); end $$;
create function public.pg_sleep(t text) returns void language plpgsql volatile as $$ begin perform traps.spring('pg_sleep(text)'); end $$;
create function public."json_scalar"(t text) returns text language plpgsql stable as $$ begin return traps.spring('json_scalar'); end $$;
create function public."json_serialize"(t text) returns text language plpgsql stable as $$ begin return traps.spring('json_serialize'); end $$;
create function public."json"(t text, n int) returns text language plpgsql stable as $$ begin return traps.spring('json'); end $$;
create function public."json_array"(a int, b int) returns text language plpgsql stable as $$ begin return traps.spring('json_array'); end $$;
create function public."json_object"(a int, b int) returns text language plpgsql stable as $$ begin return traps.spring('json_object'); end $$;
create function public."json_exists"(a text, b text) returns boolean language plpgsql stable as $$ begin perform traps.spring('json_exists'); return true; end $$;
create function public."json_value"(a text, b text) returns text language plpgsql stable as $$ begin return traps.spring('json_value'); end $$;
create function public."json_query"(a text, b text) returns text language plpgsql stable as $$ begin return traps.spring('json_query'); end $$;
create function public."merge_action"() returns text language plpgsql stable as $$ begin return traps.spring('merge_action'); end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Aggregates
-- ---------------------------------------------------------------------------------------------------------------

create function traps.step(state numeric, m shop.money_t) returns numeric language plpgsql immutable as $$ begin perform traps.spring('step'); return coalesce(state, 0) + m.amount; end $$;
create function traps.step_int(state int, n int) returns int language plpgsql immutable as $$ begin perform traps.spring('step_int'); return coalesce(state, 0) + n; end $$;
create function traps.unstep_int(state int, n int) returns int language plpgsql immutable as $$ begin return state - n; end $$;
create function traps.final_int(state int) returns int language plpgsql immutable as $$ begin perform traps.spring('final_int'); return state; end $$;
create aggregate public.count(shop.money_t) (sfunc = traps.step, stype = numeric);
create aggregate public.sum(shop.money_t) (sfunc = traps.step, stype = numeric);
create aggregate traps.collects(int) (sfunc = traps.step_int, stype = int);
create aggregate traps.finishes(int) (sfunc = int4pl, stype = int, initcond = '0', finalfunc = traps.final_int);
create aggregate traps.moves(int) (sfunc = int4pl, stype = int, initcond = '0', msfunc = traps.step_int, minvfunc = traps.unstep_int, mstype = int, minitcond = '0');
create aggregate traps.within(order by int) (sfunc = traps.step_int, stype = int);
create aggregate traps.configures(text, boolean) (sfunc = set_config, stype = text, initcond = 'traps.setting');

-- ---------------------------------------------------------------------------------------------------------------
-- Operators: of user functions, and of built-in functions that act
-- ---------------------------------------------------------------------------------------------------------------

create function traps.same_text(a text, b text) returns boolean language plpgsql immutable as $$ begin perform traps.spring('text === text'); return a operator(pg_catalog.=) b; end $$;
create function traps.same_varchar(a varchar, b varchar) returns boolean language plpgsql immutable as $$ begin perform traps.spring('varchar = varchar'); return a::text operator(pg_catalog.=) b::text; end $$;
create function traps.other_varchar(a varchar, b varchar) returns boolean language plpgsql immutable as $$ begin perform traps.spring('varchar <> varchar'); return a::text operator(pg_catalog.<>) b::text; end $$;
create function traps.loud(a text) returns text language plpgsql immutable as $$ begin return traps.spring('!!! text'); end $$;
create function traps.like_status(a shop.order_status, b text) returns boolean language plpgsql immutable as $$ begin perform traps.spring('order_status ~~ text'); return true; end $$;
create function traps.add_money(a shop.money_t, b shop.money_t) returns shop.money_t language plpgsql immutable as $$ begin perform traps.spring('money_t + money_t'); return a; end $$;
create function traps.same_money(a shop.money_t, b shop.money_t) returns boolean language plpgsql immutable as $$ begin perform traps.spring('money_t = money_t'); return true; end $$;
create function traps.join_money(a shop.money_t, b text) returns text language plpgsql immutable as $$ begin return traps.spring('money_t || text'); end $$;
create function traps.int_slash_text(a int, b text) returns int language plpgsql immutable as $$ begin perform traps.spring('int / text'); return a; end $$;
create operator public.=== (leftarg = text, rightarg = text, function = traps.same_text);
create operator public.= (leftarg = varchar, rightarg = varchar, function = traps.same_varchar);
create operator public.<> (leftarg = varchar, rightarg = varchar, function = traps.other_varchar);
create operator public.!!! (rightarg = text, function = traps.loud);
create operator public.~~ (leftarg = shop.order_status, rightarg = text, function = traps.like_status);
create operator public.+ (leftarg = shop.money_t, rightarg = shop.money_t, function = traps.add_money);
create operator public.= (leftarg = shop.money_t, rightarg = shop.money_t, function = traps.same_money);
create operator public.|| (leftarg = shop.money_t, rightarg = text, function = traps.join_money);
create operator public.%% (leftarg = int, rightarg = text, function = traps.int_slash_text);
create operator traps.=== (leftarg = int, rightarg = int, function = traps.step_int);
create operator public.<-!-> (leftarg = oid, rightarg = text, function = lo_export);
create operator public.!<< (rightarg = text, function = lo_import);
create operator public.!~~ (rightarg = double precision, function = pg_sleep);
create operator public.!## (rightarg = bigint, function = pg_try_advisory_lock);
create operator public.##! (leftarg = text, rightarg = text, function = pg_notify);

-- ---------------------------------------------------------------------------------------------------------------
-- Types: casts, domains, ranges, operator classes, functions that are attributes
-- ---------------------------------------------------------------------------------------------------------------

create type traps.token as (v text);
create type traps.coin as (cents int);
create type traps.level as enum ('a', 'b', 'c');
create function traps.token_of(t text) returns traps.token language plpgsql immutable as $$ begin perform traps.spring('text to token'); return row(t)::traps.token; end $$;
create function traps.token_text(t traps.token) returns text language plpgsql immutable as $$ begin return traps.spring('token to text'); end $$;
create function traps.coin_int(c traps.coin) returns int language plpgsql immutable as $$ begin perform traps.spring('coin to int'); return c.cents; end $$;
create function traps.int_coin(n int) returns traps.coin language plpgsql immutable as $$ begin perform traps.spring('int to coin'); return row(n)::traps.coin; end $$;
create function traps.level_json(l traps.level) returns json language plpgsql immutable as $$ begin perform traps.spring('level to json'); return '1'; end $$;
create function traps.money_numeric(m shop.money_t) returns numeric language plpgsql immutable as $$ begin perform traps.spring('money_t to numeric'); return m.amount; end $$;
create function traps.level_int(l traps.level) returns int language plpgsql immutable as $$ begin perform traps.spring('level to int'); return 1; end $$;
create cast (text as traps.token) with function traps.token_of(text);
create cast (traps.token as text) with function traps.token_text(traps.token) as assignment;
create cast (traps.coin as int) with function traps.coin_int(traps.coin) as implicit;
create cast (int as traps.coin) with function traps.int_coin(int) as assignment;
create cast (traps.level as json) with function traps.level_json(traps.level);
create cast (shop.money_t as numeric) with function traps.money_numeric(shop.money_t) as implicit;
create cast (traps.level as int) with function traps.level_int(traps.level) as implicit;
create cast (text as oid) with function lo_import(text);
create table traps.things (id int primary key, t traps.token, c traps.coin, l traps.level);
insert into traps.things values (1, row('x'), row(5), 'a'), (2, row('y'), row(6), 'b');

create function traps.accepts(t text) returns boolean language plpgsql immutable as $$ begin perform traps.spring('domain'); return true; end $$;
create domain traps.checked as text check (traps.accepts(value));
create domain traps.twice_checked as traps.checked;
create domain traps.checked_int as int check (traps.immut_bool(value));
create domain traps.checked_list as text[] check (traps.accepts(value::text));
create type traps.holder as (a int, b traps.checked);
create type traps.outer_holder as (h traps.holder, n int);
create table traps.held (id int primary key, d traps.checked, h traps.holder);
create function traps.takes_domain(d traps.checked) returns int language sql immutable return 1;

create function traps.compare(a int, b int) returns int language plpgsql immutable as $$ begin perform traps.spring('compare'); return btint4cmp(a, b); end $$;
create operator class traps.int_ops for type int4 using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 traps.compare(int4, int4);
create type traps.span as range (subtype = int4, subtype_opclass = traps.int_ops);
create table traps.spans (id int primary key, s traps.span);
insert into traps.spans values (1, '[1,5)'), (2, '[3,9)');

create type traps.rank as (n int);
create function traps.rank_lt(a traps.rank, b traps.rank) returns boolean language plpgsql immutable as $$ begin perform traps.spring('rank <'); return a.n < b.n; end $$;
create function traps.rank_le(a traps.rank, b traps.rank) returns boolean language plpgsql immutable as $$ begin perform traps.spring('rank <='); return a.n <= b.n; end $$;
create function traps.rank_eq(a traps.rank, b traps.rank) returns boolean language plpgsql immutable as $$ begin perform traps.spring('rank ='); return a.n = b.n; end $$;
create function traps.rank_ge(a traps.rank, b traps.rank) returns boolean language plpgsql immutable as $$ begin perform traps.spring('rank >='); return a.n >= b.n; end $$;
create function traps.rank_gt(a traps.rank, b traps.rank) returns boolean language plpgsql immutable as $$ begin perform traps.spring('rank >'); return a.n > b.n; end $$;
create function traps.rank_cmp(a traps.rank, b traps.rank) returns int language plpgsql immutable as $$ begin perform traps.spring('rank compare'); return btint4cmp(a.n, b.n); end $$;
create operator public.< (leftarg = traps.rank, rightarg = traps.rank, function = traps.rank_lt);
create operator public.<= (leftarg = traps.rank, rightarg = traps.rank, function = traps.rank_le);
create operator public.= (leftarg = traps.rank, rightarg = traps.rank, function = traps.rank_eq, merges);
create operator public.>= (leftarg = traps.rank, rightarg = traps.rank, function = traps.rank_ge);
create operator public.> (leftarg = traps.rank, rightarg = traps.rank, function = traps.rank_gt);
create operator class traps.rank_ops default for type traps.rank using btree as
  operator 1 public.<, operator 2 public.<=, operator 3 public.=, operator 4 public.>=, operator 5 public.>,
  function 1 traps.rank_cmp(traps.rank, traps.rank);
create table traps.ranked (id int primary key, r traps.rank, rs traps.rank[]);
insert into traps.ranked values (1, row(3), array[row(1)::traps.rank]), (2, row(1), array[row(2)::traps.rank]), (3, row(2), '{}');

create function public.purge(c shop.customers) returns text language plpgsql stable as $$ begin return traps.spring('purge(customers)'); end $$;
create function public.purge_all(c shop.customers) returns setof text language plpgsql stable as $$ begin return next traps.spring('purge_all(customers)'); end $$;
create function public.worth(m shop.money_t) returns numeric language plpgsql stable as $$ begin perform traps.spring('worth(money_t)'); return m.amount; end $$;
create function public.shipped(o shop.orders) returns boolean language plpgsql immutable as $$ begin perform traps.spring('shipped(orders)'); return true; end $$;
-- A type by the name of a function, and functions by the names of types.
create domain public.shout as text check (traps.accepts(value));
create function public.order_status(t text) returns text language plpgsql immutable as $$ begin return traps.spring('order_status(text)'); end $$;
create function public.float8(s shop.order_status) returns float8 language plpgsql immutable as $$ begin perform traps.spring('float8(order_status)'); return 1; end $$;
create function public.text(m shop.money_t) returns text language plpgsql immutable as $$ begin return traps.spring('text(money_t)'); end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Views, policies, rules, defaults, indexes: what a table's name alone leads to
-- ---------------------------------------------------------------------------------------------------------------

create view traps.calls as select id, traps.vol(id) as v from traps.bait;
create view traps.calls_calls as select id, v + 1 as v from traps.calls;
create view traps.calls_calls_calls as select v from traps.calls_calls where id > 0;
create view traps.filters as select id from traps.bait where traps.stab(id) > 0;
create view traps.plans as select id, traps.immut(1) as one from traps.bait;
create view traps.imports as select lo_import('/etc/hostname') as loid;
create view traps.sets as select set_config('traps.setting', 'on', false) as setting;
create view traps.notifies as select pg_notify('traps', 'from a view') is null as told;
create view traps.sleeps as select pg_sleep(3600) is null as slept;
create view traps.locks as select pg_try_advisory_lock(7002, 1) as locked;
create view traps.operates as select 'a'::text === 'b'::text as same;
create view traps.casts as select 'a'::text::traps.token as t;
create view traps.checks as select name::traps.checked as d from traps.bait;
create view traps.aggregates as select traps.collects(id) as n from traps.bait;
create view traps.orders_by as select r from traps.ranked order by r;
create view traps.lateral_call as select b.id, f.a from traps.bait b, lateral traps.table_of(b.id) f;
create view traps.secrets as select rolname, rolpassword from pg_authid;
create view traps.invokes with (security_invoker = true) as select traps.vol(1) as v;
create view traps.barrier with (security_barrier = true) as select traps.stab(id) as v from traps.bait;
create view traps.converts as select query_to_xml('select traps.vol()', true, true, '') as x;
create view traps.purges as select c.purge from shop.customers c;
create recursive view traps.recurs (n) as select traps.vol(1) union all select n + 1 from recurs where n < 2;
create materialized view traps.stored as select traps.immut(1) as one with no data;

create table traps.ruled (id int primary key, name text);
create rule ruled_insert as on insert to traps.ruled do also select traps.immut(2);
create rule ruled_update as on update to traps.ruled do instead select traps.immut(3);
create rule ruled_delete as on delete to traps.ruled do instead nothing;
create table traps.defaulted (id int, a int default traps.immut(4), b int default traps.vol(5));
create table traps.triggered (id int primary key);
create trigger triggered_insert before insert on traps.triggered for each row execute function traps.on_change();
create table traps.generated (id int, g int generated always as (traps.immut(6) + id) stored);
create table traps.parent (id int, kind text);
create table traps.child (check (traps.immut_bool(8)), check (kind = 'child')) inherits (traps.parent);
create table traps.indexed (id int, name text);
insert into traps.indexed select g, 'n' || g from generate_series(1, 50) g;
create index indexed_by_liar on traps.indexed ((traps.immut(9) + id));
create table traps.partly_indexed (id int, name text);
insert into traps.partly_indexed select g, 'n' || g from generate_series(1, 50) g;
create index partly_indexed_by_liar on traps.partly_indexed (id) where traps.immut_bool(10);

create table traps.guarded (id int primary key, body text);
insert into traps.guarded values (1, 'a'), (2, 'b');
alter table traps.guarded enable row level security;
create policy guarded_liar on traps.guarded using (traps.stab(id) > 0);
create table traps.guarded_by_subquery (id int primary key, body text);
insert into traps.guarded_by_subquery values (1, 'a');
alter table traps.guarded_by_subquery enable row level security;
create policy guarded_liar on traps.guarded_by_subquery using (exists (select from traps.calls where v = 1));
create view traps.over_guarded with (security_invoker = true) as select * from traps.guarded;

-- What reaches a cast, a comparison or a domain only when it runs: nothing in the view's rule names it.
create view traps.jsons as select to_json(l) as j from traps.things;
create view traps.row_jsons as select row_to_json(x) as j from traps.things x;
create view traps.quotes as select quote_literal(t) as q from traps.things;
create view traps.populates as select jsonb_populate_record(null::traps.holder, '{"b": "x"}') as h;
create view traps.records as select a from jsonb_to_record('{"a": "x"}') as r(a traps.checked);
create view traps.xml_rows as select a from xmltable('/r' passing (null::xml) columns a traps.checked path '.');
create view traps.greatests as select greatest(r, r) as r from traps.ranked;
create view traps.compares as select rs = rs as same from traps.ranked;
create view traps.row_compares as select row(r) = row(r) as same from traps.ranked;
create view traps.overlaps as select s && s as o from traps.spans;
create view traps.distincts as select distinct r from traps.ranked;
create view traps.groups as select r, count(*) as n from traps.ranked group by r;
create view traps.unions as select r from traps.ranked union select r from traps.ranked;
create view traps.windows as select rank() over (order by r) as place from traps.ranked;
create view traps.makes_spans as select traps.span(1, 5) as s;
create view traps.adds_coins as select c + 1 as n from traps.things;
create view traps.joins_codes as select a.id from shop.customers a natural join (select code from shop.customers) b;
create view traps.positions as select array_position(rs, r) as p from traps.ranked;
create view traps.attributes as select (c.balance).worth from shop.customers c;
create view traps.from_list as select g from rows from (generate_series(1, 2), traps.rows_of(1)) as r(g, h);
create view traps.in_with as with x as (select traps.stab(1) as a) select a from x;
create view traps.in_limit as select id from traps.bait limit traps.stab(1);
create view traps.in_filter as select count(*) filter (where traps.immut_bool(id)) as n from traps.bait;
create view traps.in_frame as select sum(id) over (order by id rows traps.stab(1) preceding) as n from traps.bait;
create view traps.in_sample as select id from traps.bait tablesample bernoulli (traps.stab(1));
create view traps.in_values as select v from (values (traps.stab(1))) x(v);
create view traps.in_subquery as select id from traps.bait where id in (select traps.stab(1));
create view traps.aliased as select set_config('traps.setting', name, false) as s from traps.bait;
create view traps.files as select pg_read_file('PG_VERSION') as text;
create view traps.catalogs as select * from pg_catalog.pg_shadow;
create view public.activity as select v from traps.calls;

-- A view's owner is who policies apply to, whoever asks.
create view shop.team_notes as select * from traps.guarded;
alter view shop.team_notes owner to shop_reader;

create table traps.keyed (id int) partition by range ((traps.immut(15) + id));
create table traps.keyed_low partition of traps.keyed for values from (0) to (1000);
create table traps.measured (id int, name text);
insert into traps.measured select g, 'n' || g from generate_series(1, 50) g;
create statistics traps.measured_by_liar on (traps.immut(16) + id), name from traps.measured;
create table traps.parted (id int) partition by list (id);
create table traps.parted_one partition of traps.parted for values in (1);
create table traps.notes (id int primary key, level traps.level, title text);
create function public.title_of(t text) returns text language plpgsql stable as $$ begin return traps.spring('title_of(text)'); end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What PostgreSQL itself calls by an OID, a name in a text, or a rule of its own
-- ---------------------------------------------------------------------------------------------------------------

create function traps.coin_bool(c traps.coin) returns boolean language plpgsql immutable as $$ begin perform traps.spring('coin to boolean'); return true; end $$;
create function traps.coin_bigint(c traps.coin) returns bigint language plpgsql immutable as $$ begin perform traps.spring('coin to bigint'); return 1; end $$;
create function traps.coin_real(c traps.coin) returns real language plpgsql immutable as $$ begin perform traps.spring('coin to real'); return 1; end $$;
create function traps.note_text(n traps.notes) returns text language plpgsql immutable as $$ begin return traps.spring('notes to text'); end $$;
create cast (traps.coin as boolean) with function traps.coin_bool(traps.coin) as assignment;
create cast (traps.coin as bigint) with function traps.coin_bigint(traps.coin) as assignment;
create cast (traps.coin as real) with function traps.coin_real(traps.coin) as assignment;
create cast (traps.notes as text) with function traps.note_text(traps.notes) as assignment;
insert into traps.notes values (1, 'a', 'note');
create function traps.rank_hash(r traps.rank) returns int language plpgsql immutable as $$ begin perform traps.spring('rank hash'); return 1; end $$;
create function traps.rank_hash_more(r traps.rank, seed bigint) returns bigint language plpgsql immutable as $$ begin perform traps.spring('rank hash'); return 1; end $$;
create operator class traps.rank_hash_ops default for type traps.rank using hash as
  operator 1 public.= (traps.rank, traps.rank), function 1 traps.rank_hash(traps.rank), function 2 traps.rank_hash_more(traps.rank, bigint);
create table traps.hashed (r traps.rank, id int) partition by hash (r);
create table traps.hashed_all partition of traps.hashed for values with (modulus 1, remainder 0);
create function traps.lazy() returns traps.holder language sql stable as $$ select '(1,x)'::traps.holder $$;
create function pg_catalog.shop_total(n int) returns int language plpgsql stable as $$ begin perform traps.spring('shop_total'); return n; end $$;
create function pg_catalog.upper(p shop.priority) returns text language plpgsql stable as $$ begin return traps.spring('upper(priority)'); end $$;
create operator pg_catalog.@@@@ (rightarg = int, function = traps.stab);
create table traps.ancestor (id int);
insert into traps.ancestor values (1);

create view traps.things_view as select * from traps.things;
create view traps.defaulted_view as select * from traps.bait;
alter view traps.defaulted_view alter column id set default traps.immut(17);
create function traps.arrays_overlap(a bigint[], b bigint[]) returns boolean language plpgsql immutable as $$ begin perform traps.spring('bigint[] && bigint[]'); return true; end $$;
create operator public.&& (leftarg = bigint[], rightarg = bigint[], function = traps.arrays_overlap);
create function public.concat_all(variadic parts text[]) returns text language plpgsql stable as $$ begin return traps.spring('concat_all'); end $$;
create function public.array_length(things anyarray) returns int language plpgsql stable as $$ begin perform traps.spring('array_length(anyarray)'); return 1; end $$;

-- For this role the server would read a backslash as an escape, and evaluate the checks of every table while planning.
do $$
begin
  execute 'alter role shop_misled set standard_conforming_strings = off';
  execute 'alter role shop_misled set constraint_exclusion = on';
exception when others then
  if sqlstate <> 'XX000' then
    raise;
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Traps that look like the shop
-- ---------------------------------------------------------------------------------------------------------------

create view shop.recent_activity as select v as activity from traps.calls_calls_calls;
create view shop.active_customers as select c.id, c.name from shop.customers c where traps.stab(c.id) > 0;
create view shop.order_summary as select o.id, lower(o.status) as status from shop.orders o;
create view shop.customer_codes as select a.id, b.id as other from shop.customers a join shop.customers b using (code);
create view shop.balances as select sum(balance) as total from shop.customers;
create function shop.discount(n numeric) returns numeric language plpgsql immutable as $$ begin perform traps.spring('discount'); return n; end $$;
create function shop.customer_count() returns bigint language plpgsql stable security definer as $$ begin perform traps.spring('customer_count'); return 1; end $$;
create function shop.full_name(c shop.customers) returns text language plpgsql stable as $$ begin return traps.spring('full_name'); end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What shop_misled finds first
-- ---------------------------------------------------------------------------------------------------------------

create function shadow.lower(t text) returns text language plpgsql immutable as $$ begin return traps.spring('shadow.lower'); end $$;
create function shadow.now() returns timestamptz language plpgsql stable as $$ begin perform traps.spring('shadow.now'); return pg_catalog.now(); end $$;
create function shadow.length(t text) returns int language plpgsql immutable as $$ begin perform traps.spring('shadow.length'); return 1; end $$;
create function shadow.int4_sum(state bigint, n int) returns bigint language plpgsql immutable as $$ begin perform traps.spring('shadow.sum'); return n; end $$;
create aggregate shadow.sum(int) (sfunc = shadow.int4_sum, stype = bigint);
create aggregate shadow.count(*) (sfunc = int8inc, stype = int8, initcond = '0', finalfunc = int8um);
create aggregate shadow.max(int) (sfunc = traps.step_int, stype = int);
create function shadow.add(a int, b int) returns int language plpgsql immutable as $$ begin perform traps.spring('shadow +'); return a; end $$;
create function shadow.same(a int, b int) returns boolean language plpgsql immutable as $$ begin perform traps.spring('shadow ='); return a operator(pg_catalog.=) b; end $$;
create operator shadow.+ (leftarg = int, rightarg = int, function = shadow.add);
create operator shadow.= (leftarg = int, rightarg = int, function = shadow.same);
create view shadow.pg_tables as select traps.vol(1) as tablename;
create view shadow.customers as select traps.vol(1) as id;
create domain shadow.numeric as pg_catalog.numeric check (traps.immut_bool(1));
create function shadow.generate_series(a int, b int) returns setof int language plpgsql stable as $$ begin perform traps.spring('shadow.generate_series'); return next a; end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What only some servers have
-- ---------------------------------------------------------------------------------------------------------------

do $$
begin
  if exists (select from pg_catalog.pg_extension where extname = 'file_fdw') then
    create server files foreign data wrapper file_fdw;
    create foreign table traps.passwords (line text) server files options (filename '/etc/passwd', delimiter E'\x01');
    create foreign table traps.program (line text) server files options (program 'id');
    create foreign table traps.parted_far partition of traps.parted default server files options (filename '/etc/passwd');
    create foreign table traps.far_child () inherits (traps.ancestor) server files options (filename '/etc/passwd');
    create view shop.imported_lines as select line from traps.passwords;
  end if;
  if exists (select from pg_catalog.pg_extension where extname = 'postgres_fdw') then
    execute format('create server loopback foreign data wrapper postgres_fdw options (host %L, port %L, dbname %L)', '127.0.0.1', current_setting('port'), current_database());
    create user mapping for public server loopback options (user 'postgres', password_required 'false');
    create foreign table traps.remote_calls (id int, v int) server loopback options (schema_name 'traps', table_name 'calls');
    create foreign table traps.remote_bait (id int, name text) server loopback options (schema_name 'traps', table_name 'bait');
  end if;
  if exists (select from pg_catalog.pg_extension where extname = 'dblink') then
    execute 'create view traps.links as select * from extensions.dblink(''dbname=postgres'', ''select 1'') as t (a int)';
  end if;
end $$;

grant select on all tables in schema shop, traps, shadow to shop_owner, shop_reader, shop_misled;
grant all on all tables in schema traps to shop_owner;
grant usage, select on all sequences in schema shop, traps to shop_owner, shop_reader, shop_misled;

analyze shop.customers, shop.orders, shop.order_items, shop.products;
truncate traps.log restart identity;
