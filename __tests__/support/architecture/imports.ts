/** What a TypeScript file reaches for: its imports of every kind, and the globals that only a few files may touch. */
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** Nothing of it is left at run time. */
  readonly typesOnly: boolean;
  readonly line: number;
}

export interface GlobalUse {
  /** `console`, `process.env`, or `process` alone where it is passed around. */
  readonly name: string;
  readonly line: number;
}

export interface Reach {
  readonly imports: readonly Import[];
  readonly globals: readonly GlobalUse[];
}

export function reachOf(text: string): Reach {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const globals: GlobalUse[] = [];
  const line = (node: ts.Node) =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, line: line(node) });
    const name = globalOf(node);
    if (name !== undefined) globals.push({ name, line: line(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, globals };
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) {
    return named(node.moduleSpecifier, importsTypesOnly(node.importClause));
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return named(node.moduleSpecifier, node.isTypeOnly || allTypes(node.exportClause));
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return named(node.argument.literal, true);
  }
  if (ts.isCallExpression(node)) {
    const { expression, arguments: given } = node;
    const loads =
      expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(expression) && expression.text === 'require');
    if (loads) return named(given[0], false);
  }
  return undefined;
}

/** A specifier that is computed can't be judged, and is told as what it is. */
function named(node: ts.Node | undefined, typesOnly: boolean): Omit<Import, 'line'> {
  const literal = node !== undefined && ts.isStringLiteralLike(node);
  return { specifier: literal ? node.text : '(computed)', typesOnly };
}

function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  return clause.name === undefined && allTypes(clause.namedBindings);
}

function allTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || !('elements' in bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function globalOf(node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node) || !['console', 'process', 'globalThis'].includes(node.text)) {
    return undefined;
  }
  if (!isReference(node) || isDeclaredAround(node, node.text)) return undefined;
  if (node.text !== 'process') return node.text;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return `process.${parent.name.text}`;
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteral(parent.argumentExpression)) {
    return `process.${parent.argumentExpression.text}`;
  }
  return 'process';
}

/** Not the name of a property, a parameter, a label, a type or the like. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) {
    return parent.initializer === node;
  }
  if (ts.isParameter(parent) || ts.isBindingElement(parent)) return parent.initializer === node;
  const isName = 'name' in parent && parent.name === node;
  return !isName;
}

/** A parameter or variable of that name, in the scopes around the node. */
function isDeclaredAround(node: ts.Node, name: string): boolean {
  for (let scope = node.parent as ts.Node | undefined; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((one) => binds(one.name, name))) {
      return true;
    }
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      if (scope.statements.some((statement) => declares(statement, name))) return true;
    }
  }
  return false;
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((one) => binds(one.name, name));
  }
  return ts.isFunctionDeclaration(statement) && statement.name?.text === name;
}

function binds(binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((one) => ts.isBindingElement(one) && binds(one.name, name));
}
