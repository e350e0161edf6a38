/** Catalogs written as compact DDL, and requests planned on them without a database. */
import { renderCatalogBlock, renderToday } from '../../lib/catalog/brief.js';
import { type EarlierTurn, plan, type PlannerStep } from '../../lib/planner/planner.js';

const HEADER = '-- database made, server_version_num 150018, search_path (public)';

/**
 * @param values lines as `find_values` gives them; none asks for none
 * @param earlier what was asked and answered before
 */
export function planOn(
  ddl: string,
  request: string,
  values: readonly object[] = [],
  earlier: readonly EarlierTurn[] = [],
): PlannerStep {
  return plan({
    system: `${renderCatalogBlock(`${HEADER}\n${ddl}`)}\n${renderToday('2025-08-20')}`,
    earlier,
    request,
    values: [values.map((value) => JSON.stringify(value)).join('\n')],
    canFindValues: true,
  });
}

export function sqlOn(ddl: string, request: string, values?: readonly object[]): string {
  const step = planOn(ddl, request, values);
  return 'sql' in step ? step.sql : step.type;
}
