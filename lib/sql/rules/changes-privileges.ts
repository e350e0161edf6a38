/** Who may do what: grants, roles, owners, and code that runs with other rights than its caller's. */
import { classify } from '../classify.js';
import type { ParsedStatement, Tree } from '../parse.js';
import { rangeAt, rangeOfCommand } from '../range.js';
import type { Rule } from './rule.js';

const COMMANDS: Readonly<Record<string, string>> = {
  GrantStmt: 'GRANT and REVOKE change',
  GrantRoleStmt: 'GRANT and REVOKE change',
  AlterDefaultPrivilegesStmt: 'ALTER DEFAULT PRIVILEGES changes',
  AlterOwnerStmt: 'OWNER TO changes',
  ReassignOwnedStmt: 'REASSIGN OWNED changes',
  SecLabelStmt: 'SECURITY LABEL changes',
  CreatePolicyStmt: 'CREATE POLICY changes',
  AlterPolicyStmt: 'ALTER POLICY changes',
};

/** Subtypes of ALTER TABLE, as libpg_query names them. */
const OF_TABLES: Readonly<Record<string, string>> = {
  AT_ChangeOwner: 'OWNER TO changes',
  AT_EnableRowSecurity: 'ENABLE ROW LEVEL SECURITY changes',
  AT_DisableRowSecurity: 'DISABLE ROW LEVEL SECURITY changes',
  AT_ForceRowSecurity: 'FORCE ROW LEVEL SECURITY changes',
  AT_NoForceRowSecurity: 'NO FORCE ROW LEVEL SECURITY changes',
};

export const changesPrivileges: Rule = {
  code: 'changes-privileges',
  summary: 'what changes who may do what is admin',
  check(statement) {
    const what = COMMANDS[statement.tag] ?? ofTable(statement) ?? ofDrop(statement);
    if (what !== undefined) {
      return {
        reason: `${what} who may do what`,
        hint: 'allow it with --allow admin',
        effect: 'admin',
        ...rangeOfCommand(statement, classify(statement).name),
      };
    }
    const definer = definerOption(statement);
    if (definer === undefined) return undefined;
    return {
      reason: 'SECURITY DEFINER lets everybody run it with the rights of its owner',
      hint: 'leave it out, or allow it with --allow admin',
      effect: 'admin',
      ...rangeAt(statement, definer['location']),
    };
  },
};

function ofTable({ tag, fields }: ParsedStatement): string | undefined {
  if (tag !== 'AlterTableStmt' || !Array.isArray(fields['cmds'])) return undefined;
  const commands = (fields['cmds'] as Tree[]).map((item) => item['AlterTableCmd'] as Tree);
  return commands
    .map(({ subtype }) => OF_TABLES[String(subtype)])
    .find((what) => what !== undefined);
}

function ofDrop({ tag, fields }: ParsedStatement): string | undefined {
  return tag === 'DropStmt' && fields['removeType'] === 'OBJECT_POLICY'
    ? 'DROP POLICY changes'
    : undefined;
}

function definerOption({ tag, fields }: ParsedStatement): Tree | undefined {
  const options =
    tag === 'CreateFunctionStmt'
      ? fields['options']
      : tag === 'AlterFunctionStmt'
        ? fields['actions']
        : undefined;
  if (!Array.isArray(options)) return undefined;
  const all = (options as Tree[]).map((option) => (option['DefElem'] ?? {}) as Tree);
  return all.find(({ defname, arg }) => {
    const value = (arg as Tree | undefined)?.['Boolean'] as Tree | undefined;
    return defname === 'security' && value?.['boolval'] === true;
  });
}
