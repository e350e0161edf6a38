/** Code whose text says nothing that could be judged: what it does is for whoever allows it to know. */
import { classify } from '../classify.js';
import type { ParsedStatement, Tree } from '../parse.js';
import { rangeOfCommand } from '../range.js';
import type { Rule } from './rule.js';

/** PostgreSQL's own languages that a role without special rights may use. */
const TRUSTED: ReadonlySet<string> = new Set([
  'sql',
  'plpgsql',
  'pltcl',
  'plperl',
  'plv8',
  'plrust',
]);

export const unjudgedCode: Rule = {
  code: 'unjudged-code',
  summary: 'code that nobody can judge from its text is admin',
  check(statement) {
    const what = described(statement);
    return what === undefined
      ? undefined
      : {
          reason: what,
          hint: 'write the statements themselves, or allow it with --allow admin',
          effect: 'admin',
          ...rangeOfCommand(statement, classify(statement).name),
        };
  },
};

function described({ tag, fields }: ParsedStatement): string | undefined {
  switch (tag) {
    case 'DoStmt':
      return 'what the code of DO does can not be told from its text';
    case 'CreateExtensionStmt':
    case 'AlterExtensionStmt':
      return 'the script of an extension runs unseen';
    case 'CreatePLangStmt':
      return 'a language runs code of its own';
    case 'CreateFunctionStmt': {
      const language = languageOf(fields);
      return language === undefined || TRUSTED.has(language)
        ? undefined
        : `a function in ${language} can do anything that the server's own process can`;
    }
    default:
      return undefined;
  }
}

/** The language's name as the server folds it. */
function languageOf({ options }: Tree): string | undefined {
  if (!Array.isArray(options)) return undefined;
  for (const option of options as Tree[]) {
    const { defname, arg } = (option['DefElem'] ?? {}) as { defname?: string; arg?: Tree };
    if (defname !== 'language') continue;
    return String((arg?.['String'] as Tree | undefined)?.['sval'] ?? '').toLowerCase();
  }
  return undefined;
}
