/** The objects that a command is about, as its text names them: what a person types to confirm it. */
import type { ParsedStatement, Tree } from './parse.js';
import { quoteIdentifier } from './quote.js';
import { namesOf } from './walk.js';

/** Qualified as written, quoted where SQL would; none where the command is about the database or the server. */
export function objectsOf({ tag, fields }: Pick<ParsedStatement, 'tag' | 'fields'>): string[] {
  switch (tag) {
    case 'DropStmt':
      return listOf(fields['objects']).map(dropped);
    case 'TruncateStmt':
      return listOf(fields['relations']).map((item) => relationName(item['RangeVar']));
    case 'VacuumStmt':
      return listOf(fields['rels']).map((item) =>
        relationName((item['VacuumRelation'] as Tree | undefined)?.['relation']),
      );
    case 'CreatedbStmt':
    case 'DropdbStmt':
      return [quoteIdentifier(String(fields['dbname']))];
    case 'CreateRoleStmt':
      return [quoteIdentifier(String(fields['role']))];
    case 'DropRoleStmt':
      return listOf(fields['roles']).map((item) => roleName(item['RoleSpec']));
    case 'AlterRoleStmt':
      return [roleName(fields['role'])];
    case 'CreateExtensionStmt':
    case 'AlterExtensionStmt':
      return [quoteIdentifier(String(fields['extname']))];
    case 'CreateFunctionStmt':
      return [quoted(namesOf(fields['funcname']))];
    case 'GrantStmt':
      return listOf(fields['objects']).map(dropped);
    case 'GrantRoleStmt':
      return listOf(fields['grantee_roles']).map((item) => roleName(item['RoleSpec']));
    default: {
      const relation = fields['relation'] ?? fields['table'];
      return relation === undefined ? [] : [relationName(relation)];
    }
  }
}

/** A RangeVar's name. */
export function relationName(range: unknown): string {
  const { schemaname, relname } = (range ?? {}) as { schemaname?: string; relname?: string };
  return quoted([...(schemaname === undefined ? [] : [schemaname]), relname ?? '?']);
}

function dropped(item: Tree): string {
  const [tag, inner] = Object.entries(item)[0] ?? ['', {}];
  const fields = inner as Tree;
  switch (tag) {
    case 'List':
      return quoted(namesOf(fields['items']));
    case 'TypeName':
      return quoted(namesOf(fields['names']));
    case 'ObjectWithArgs':
      return quoted(namesOf(fields['objname']));
    case 'RangeVar':
      return relationName(fields);
    default:
      return quoted(namesOf([item]));
  }
}

function roleName(spec: unknown): string {
  return quoteIdentifier(String((spec as { rolename?: string } | undefined)?.rolename ?? '?'));
}

function quoted(names: readonly string[]): string {
  return names.map(quoteIdentifier).join('.');
}

function listOf(value: unknown): Tree[] {
  return Array.isArray(value) ? (value as Tree[]) : [];
}
