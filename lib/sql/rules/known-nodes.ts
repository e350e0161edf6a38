/** What the guard does not know it can't judge: a node type of a newer grammar is refused until it is listed. */
import { isOnlyPlanned } from '../classify.js';
import { isNodeType, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

/** Node types of PostgreSQL 18's raw grammar that a read consists of (parsenodes.h, primnodes.h, value.h). */
const KNOWN = new Set(
  `SelectStmt ExplainStmt VariableShowStmt ResTarget ColumnRef ParamRef A_Star A_Const A_Expr A_ArrayExpr
  A_Indirection A_Indices TypeCast TypeName CollateClause FuncCall NamedArgExpr WindowDef SubLink BoolExpr
  NullTest BooleanTest CaseExpr CaseWhen CaseTestExpr CoalesceExpr MinMaxExpr RowExpr SQLValueFunction XmlExpr
  XmlSerialize GroupingFunc GroupingSet RangeVar RangeSubselect RangeFunction RangeTableFunc RangeTableFuncCol
  RangeTableSample JoinExpr FromExpr Alias SortBy WithClause CommonTableExpr CTESearchClause CTECycleClause DefElem
  List Integer Float Boolean String BitString SetToDefault JsonFormat JsonReturning JsonOutput JsonValueExpr
  JsonKeyValue JsonParseExpr JsonScalarExpr JsonSerializeExpr JsonObjectConstructor JsonArrayConstructor
  JsonArrayQueryConstructor JsonAggConstructor JsonObjectAgg JsonArrayAgg JsonIsPredicate JsonFuncExpr
  JsonBehavior JsonArgument JsonTable JsonTableColumn JsonTablePathSpec JsonTablePath ColumnDef`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** What else stands in a statement that EXPLAIN only plans. EXECUTE is missing: its arguments are computed at once. */
const PLANNED = new Set(
  `InsertStmt UpdateStmt DeleteStmt MergeStmt MergeWhenClause MergeSupportFunc OnConflictClause InferClause IndexElem
  MultiAssignRef CurrentOfExpr CreateTableAsStmt DeclareCursorStmt LockingClause ReturningOption`.split(
    /\s+/,
  ),
);

export const knownNodes: Rule = {
  code: 'known-nodes',
  summary: 'every part of a statement must be one that the guard knows',
  check(statement) {
    const planned = isOnlyPlanned(statement);
    for (const { tag } of nodesOf(statement)) {
      if (!isNodeType(tag) || KNOWN.has(tag) || (planned && PLANNED.has(tag))) continue;
      return {
        reason: `${tag} is a construct that the guard does not know`,
        hint: 'write it another way; please report it',
        effect: 'read',
      };
    }
    return undefined;
  },
};
