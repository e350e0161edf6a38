/** The statements of a change that a model proposes, read before anything is asked of it: which of the two tools takes them. */
import { RefusedError, StatementError } from '../errors.js';
import { type ChangeStatement, readChange } from '../sql/change.js';
import { SqlSyntaxError } from '../sql/parse.js';
import { checkInput, refusal } from '../sql/policy.js';
import { nodesOf } from '../sql/walk.js';

/**
 * @throws {StatementError} it is not SQL
 * @throws {RefusedError} the text is nothing that a parser should be given
 */
export async function statementsIn(sql: string): Promise<ChangeStatement[]> {
  const input = checkInput(sql);
  if (input !== undefined) {
    const { reason, ...details } = refusal('input', input, sql);
    throw new RefusedError(`refused: ${reason}`, { ...details, sql });
  }
  try {
    return await readChange(sql);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { message, position } = error;
    throw new StatementError(message, { sqlstate: '42601', sql, position, cause: error });
  }
}

const DML = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

/** INSERT, UPDATE, DELETE or MERGE, in a WITH query too. */
export function isDml({ parsed }: ChangeStatement): boolean {
  if (DML.includes(parsed.tag)) return true;
  return parsed.tag === 'SelectStmt' && nodesOf(parsed).some(({ tag }) => DML.includes(tag));
}

/** What could only change something by what its names mean in the database. */
export function isReadByText({ parsed, effect }: ChangeStatement): boolean {
  return (
    effect === 'read' && ['SelectStmt', 'VariableShowStmt', 'ExplainStmt'].includes(parsed.tag)
  );
}
