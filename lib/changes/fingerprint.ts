/** What the relations of a change look like, as one text: a plan holds only as long as it stays the same. */
import type { ChangeTransaction } from '../databases/writable.js';
import { referencesOf } from '../sql/references.js';
import type { ChangeStatement } from '../sql/change.js';
import { quoteIdentifier } from '../sql/quote.js';
import { REACHED } from './reached.js';

export interface Fingerprint {
  /** Of everything, in hexadecimal. */
  readonly digest: string;
  /** Qualified, as SQL. */
  readonly relations: readonly string[];
}

/** Of the relations that the statements name, of those that they lead to, and of the functions that are called by name. */
export async function fingerprintOf(
  inside: ChangeTransaction,
  statements: readonly ChangeStatement[],
): Promise<Fingerprint> {
  const names = statements.flatMap(({ parsed }) =>
    referencesOf(parsed).relations.map((one) => one.names.map(quoteIdentifier).join('.')),
  );
  const called = statements.flatMap(({ parsed }) =>
    referencesOf(parsed).functions.map((one) => one.names.at(-1)!),
  );
  const [row] = await inside.ask(
    FINGERPRINT,
    [names, called].map((all) => JSON.stringify([...new Set(all)])),
  );
  return { digest: row?.[0] ?? '', relations: JSON.parse(row?.[1] ?? '[]') as string[] };
}

const FINGERPRINT = `with recursive named (oid) as (
    select pg_catalog.to_regclass(name)::pg_catalog.oid
      from pg_catalog.json_array_elements_text($1::pg_catalog.json) as name
      where pg_catalog.to_regclass(name) is not null),
  ${REACHED},
  facts (line) as (
    select pg_catalog.format('relation %s %I.%I %s %s %s %s', c.oid, n.nspname, c.relname, c.relkind, c.relowner,
        c.relrowsecurity, c.relforcerowsecurity)
      from reached join pg_catalog.pg_class c using (oid) join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    union all
    select pg_catalog.format('column %s %s %I %s %s %s %s %s', a.attrelid, a.attnum, a.attname,
        pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attidentity,
        pg_catalog.pg_get_expr(d.adbin, d.adrelid))
      from reached join pg_catalog.pg_attribute a on a.attrelid = reached.oid and a.attnum > 0 and not a.attisdropped
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select pg_catalog.format('constraint %s %I %s', k.conrelid, k.conname, pg_catalog.pg_get_constraintdef(k.oid))
      from reached join pg_catalog.pg_constraint k on k.conrelid = reached.oid
    union all
    select pg_catalog.format('trigger %s %s %s', t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid), pg_catalog.md5(p.prosrc))
      from reached join pg_catalog.pg_trigger t on t.tgrelid = reached.oid and not t.tgisinternal
      join pg_catalog.pg_proc p on p.oid = t.tgfoid
    union all
    select pg_catalog.format('rule %s', pg_catalog.pg_get_ruledef(r.oid))
      from reached join pg_catalog.pg_rewrite r on r.ev_class = reached.oid
    union all
    select pg_catalog.format('policy %s %I %s %s %s %s %s', p.polrelid, p.polname, p.polcmd,
        p.polpermissive, p.polroles,
        pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
      from reached join pg_catalog.pg_policy p on p.polrelid = reached.oid
    union all
    select pg_catalog.format('index %s', pg_catalog.pg_get_indexdef(i.indexrelid))
      from reached join pg_catalog.pg_index i on i.indrelid = reached.oid and i.indisunique
    union all
    select pg_catalog.format('function %s %s %s %s %s', p.oid, p.proowner, p.prosecdef, p.proconfig,
        pg_catalog.md5(pg_catalog.concat(p.prosrc, ' ', p.probin)))
      from pg_catalog.pg_proc p join pg_catalog.json_array_elements_text($2::pg_catalog.json) as called (name)
        on called.name = p.proname
      where p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace)
  select pg_catalog.md5(pg_catalog.string_agg(line, E'\\n' order by line)),
    (select pg_catalog.json_agg(pg_catalog.format('%I.%I', n.nspname, c.relname) order by n.nspname, c.relname)
      from reached join pg_catalog.pg_class c using (oid) join pg_catalog.pg_namespace n on n.oid = c.relnamespace)
  from facts`;
