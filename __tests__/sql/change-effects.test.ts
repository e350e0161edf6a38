/** What a statement takes of a grant, all rules together: what looks harmless and reaches further. */
import { expect, test } from '@jest/globals';
import { readChange } from '../../lib/sql/change.js';

test.each([
  ['alter table t set unlogged', 'ddl'],
  ['create trigger a before insert on t for each row execute function f()', 'ddl'],
  ['create rule r as on insert to t do instead nothing', 'ddl'],
  ['create event trigger e on ddl_command_end execute function f()', 'admin'],
  ['alter event trigger e disable', 'admin'],
  ['drop event trigger e', 'admin'],
  ['alter default privileges grant select on tables to public', 'admin'],
  ['create function f() returns int language sql security definer as $$select 1$$', 'admin'],
  ['create function f() returns int language sql as $$select 1$$', 'ddl'],
  ['alter function f() security definer', 'admin'],
  [`copy t from program 'ls'`, 'admin'],
  [`copy t to program 'cat'`, 'admin'],
  [`copy t from '/etc/passwd'`, 'admin'],
  ['do $$begin end$$', 'admin'],
  [`insert into t select lo_import('/etc/passwd')`, 'admin'],
  [`insert into t select lo_export(1, '/x')`, 'admin'],
  ['insert into t select lo_unlink(1)', 'admin'],
  ['insert into t select lo_create(0)', 'write'],
])('%s takes %s', async (sql, effect) => {
  expect(await readChange(sql)).toMatchObject([{ effect, refused: undefined }]);
});

test.each(['execute p', 'prepare p as delete from t', 'copy t from stdin'])(
  '%s is in no change',
  async (sql) => {
    expect(await readChange(sql)).toMatchObject([{ refused: { rule: 'session-commands' } }]);
  },
);
