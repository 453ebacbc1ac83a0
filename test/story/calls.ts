import ts from 'typescript';

export interface Call {
  /** `attempt`, or `BindingStore.page` for a method. */
  readonly name: string;
  readonly declaration: ts.Declaration | undefined;
  /** Where the called function continues; null if it has no body of its own. */
  readonly body: ts.Node | null;
  /** Whether the function is a parameter, or a property of one that is not a class. */
  readonly isThroughParameter: boolean;
}

/** Return the calls in a function, a method or a whole file, in their order, with the functions that they resolve to. */
export function* callsIn(checker: ts.TypeChecker, node: ts.Node): Generator<Call> {
  const own = ts.isSourceFile(node) ? node.statements : [node];
  for (const each of own) yield* visit(checker, each);
}

function* visit(checker: ts.TypeChecker, node: ts.Node): Generator<Call> {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) yield resolve(checker, node);
  for (const child of node.getChildren()) yield* visit(checker, child);
}

function resolve(checker: ts.TypeChecker, call: ts.CallExpression | ts.NewExpression): Call {
  const { expression } = call;
  const named = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const found = checker.getSymbolAtLocation(named);
  const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  const declaration = checker.getResolvedSignature(call)?.declaration ?? symbol?.declarations?.[0];
  const body = bodyOf(symbol?.valueDeclaration ?? declaration);
  return {
    name: nameOf(symbol, declaration),
    declaration,
    body,
    isThroughParameter: body === null && isParameter(checker, expression),
  };
}

function nameOf(symbol: ts.Symbol | undefined, declaration: ts.Declaration | undefined): string {
  const name = symbol?.name.replace(/^__#\d+@/, '') ?? '(anonymous)';
  const parent = declaration?.parent;
  const isMember = parent && (ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent));
  return isMember && parent.name ? `${parent.name.text}.${name}` : name;
}

/** A class is entered by its constructor: its methods are entered where they are called. */
function bodyOf(declaration: ts.Declaration | undefined): ts.Node | null {
  if (declaration === undefined) return null;
  if (ts.isClassDeclaration(declaration))
    return declaration.members.find(ts.isConstructorDeclaration) ?? null;
  if (ts.isFunctionLike(declaration) && 'body' in declaration) return declaration.body ?? null;
  if (!ts.isVariableDeclaration(declaration)) return null;
  const { initializer } = declaration;
  return initializer && ts.isFunctionLike(initializer) ? initializer : null;
}

/** Whether the called expression starts at a parameter, or at something destructured from one. */
function isParameter(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  let root: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = root.expression;
  let declaration: ts.Node | undefined = checker.getSymbolAtLocation(root)?.valueDeclaration;
  while (declaration && (ts.isBindingElement(declaration) || ts.isObjectBindingPattern(declaration)))
    declaration = declaration.parent;
  return declaration !== undefined && ts.isParameter(declaration);
}
