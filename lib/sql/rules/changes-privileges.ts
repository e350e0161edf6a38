/** Who may do what: grants, roles, owners, and code that runs with other rights than its caller's. */
import type { ParsedStatement, Tree } from '../parse.js';
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
      };
    }
    if (!isDefiner(statement)) return undefined;
    return {
      reason: 'SECURITY DEFINER lets everybody run it with the rights of its owner',
      hint: 'leave it out, or allow it with --allow admin',
      effect: 'admin',
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

function isDefiner({ tag, fields }: ParsedStatement): boolean {
  const options =
    tag === 'CreateFunctionStmt'
      ? fields['options']
      : tag === 'AlterFunctionStmt'
        ? fields['actions']
        : undefined;
  if (!Array.isArray(options)) return false;
  return (options as Tree[]).some((option) => {
    const { defname, arg } = (option['DefElem'] ?? {}) as { defname?: string; arg?: Tree };
    return defname === 'security' && (arg?.['Boolean'] as Tree | undefined)?.['boolval'] === true;
  });
}
