import ts from 'typescript';

/** Return what declares a name. */
export function declarationOf(checker: ts.TypeChecker, node: ts.Node): ts.Declaration | undefined {
  let symbol = checker.getSymbolAtLocation(node);
  if (symbol && ts.isShorthandPropertyAssignment(node.parent))
    symbol = checker.getShorthandAssignmentValueSymbol(node.parent) ?? symbol;
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.valueDeclaration;
}

/** Return the object literal that an expression is or, as a constant, stands for. */
export function literalOf(
  checker: ts.TypeChecker,
  object: ts.Expression,
): ts.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(object)) return object;
  if (!ts.isIdentifier(object)) return undefined;
  const declaration = declarationOf(checker, object);
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
    ? literalOf(checker, declaration.initializer)
    : undefined;
}

export const isConstant = (declaration: ts.VariableDeclaration) =>
  (declaration.parent.flags & ts.NodeFlags.Const) !== 0;

/** Return what a function returns, without what functions within it return. */
export function returnsOf(callable: ts.SignatureDeclaration | ts.GetAccessorDeclaration): ts.Expression[] {
  const { body } = callable as ts.ArrowFunction;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const values: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) values.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return values;
}
