/** Nodes of a parse tree, as the parser would make them: for questions to the server, never to be executed. */
import type { Tree } from './parse.js';

/** `select a, b from c`; the first item's name is the subquery's. */
export function selectOf(
  targets: readonly { readonly val: Tree; readonly name?: string }[],
  from: readonly unknown[] = [],
): Tree {
  return {
    SelectStmt: {
      targetList: targets.map((target) => ({ ResTarget: target })),
      ...(from.length === 0 ? {} : { fromClause: from }),
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  };
}

/** `(select …)` as an expression. */
export function scalarOf(query: Tree): Tree {
  return { SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: query } };
}

/** `(select …) alias` in FROM. */
export function fromOf(query: Tree, alias: string, lateral = false): Tree {
  return {
    RangeSubselect: {
      ...(lateral ? { lateral } : {}),
      subquery: query,
      alias: { aliasname: alias },
    },
  };
}

export function columnOf(...names: readonly string[]): Tree {
  return { ColumnRef: { fields: names.map((sval) => ({ String: { sval } })) } };
}

/** `a.b.*` */
export function starOf(fields: readonly Tree[] = []): Tree {
  return { ColumnRef: { fields: [...fields, { A_Star: {} }] } };
}
