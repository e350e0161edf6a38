/**
 * Expressions that belong to a table: the planner computes those parts of them that are constant, whatever is read. A
 * function of a column is not called by reading.
 */
import { FIRST_USER_OID } from './lookups.js';

export interface ConstantCalls {
  readonly functions: readonly number[];
  readonly operators: readonly number[];
}

/** A call in a stored tree (outfuncs.c): its kind, and the OID that it names first. */
const CALL = /^(FUNCEXPR|OPEXPR|DISTINCTEXPR|NULLIFEXPR|SCALARARRAYOPEXPR) :(?:funcid|opno) (\d+)/;

/** Users' functions and operators that are called without any column below them. */
export function constantCalls(tree: string): ConstantCalls {
  const functions: number[] = [];
  const operators: number[] = [];
  const open: { readonly text: string; varies: boolean }[] = [];
  // Strings are printed as bytes, and braces in names behind a backslash: every other brace is a node's.
  for (const match of tree.matchAll(/\\.|\{([^{}\\]*)|\}/gs)) {
    const [token, text] = match;
    if (text !== undefined) {
      open.push({ text, varies: text.startsWith('VAR ') });
    } else if (token === '}') {
      const node = open.pop();
      if (node === undefined) continue;
      if (node.varies) {
        const parent = open.at(-1);
        if (parent !== undefined) parent.varies = true;
        continue;
      }
      const [, kind, oid] = CALL.exec(node.text) ?? [];
      if (kind === undefined || Number(oid) < FIRST_USER_OID) continue;
      (kind === 'FUNCEXPR' ? functions : operators).push(Number(oid));
    }
  }
  return { functions, operators };
}
