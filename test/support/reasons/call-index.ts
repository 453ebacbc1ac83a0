import ts from 'typescript';

export type Callable = ts.SignatureDeclaration | ts.JSDocSignature;

/** Which calls there are of each function, and which functions are given where one is wanted. */
export class CallIndex {
  readonly #checker: ts.TypeChecker;
  readonly #calls = new Map<Callable, (ts.CallExpression | ts.NewExpression)[]>();
  readonly #given = new Map<Callable, ts.SignatureDeclaration[]>();

  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.#checker = checker;
    for (const source of sources) this.#index(source);
  }

  /** Return the calls of a function, by its name and by the type for which it is given. */
  callsOf(callable: Callable): readonly (ts.CallExpression | ts.NewExpression)[] {
    const wanted = this.#wantedOf(callable);
    return [callable, ...(wanted === undefined ? [] : [wanted])].flatMap(
      (each) => this.#calls.get(each) ?? [],
    );
  }

  /** Return the functions that a call may reach. */
  reachedBy(call: ts.CallExpression): readonly Callable[] | undefined {
    const declaration = this.#checker.getResolvedSignature(call)?.declaration;
    if (declaration === undefined) return undefined;
    return 'body' in declaration && declaration.body ? [declaration] : this.#given.get(declaration);
  }

  #index(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const declaration = this.#checker.getResolvedSignature(node)?.declaration;
      if (declaration !== undefined) append(this.#calls, declaration, node);
    }
    const implemented = this.#implementedBy(node);
    const wanted = implemented && this.#wantedOf(node);
    if (implemented && wanted && wanted !== implemented) append(this.#given, wanted, implemented);
    ts.forEachChild(node, (child) => this.#index(child));
  }

  /** Return the function that an expression is or names. */
  #implementedBy(node: ts.Node): ts.SignatureDeclaration | undefined {
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node))
      return node;
    const isValue =
      (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) &&
      (ts.isCallExpression(node.parent)
        ? node.parent.expression !== node
        : ts.isPropertyAssignment(node.parent));
    if (!isValue) return undefined;
    const [signature] = this.#checker.getTypeAtLocation(node).getCallSignatures();
    const declaration = signature?.declaration;
    return declaration && 'body' in declaration ? (declaration as ts.SignatureDeclaration) : undefined;
  }

  /** Return the type of function that is wanted where an expression is. */
  #wantedOf(node: ts.Node): Callable | undefined {
    if (ts.isMethodDeclaration(node)) {
      if (ts.isObjectLiteralExpression(node.parent)) {
        const type = this.#checker.getContextualType(node.parent);
        const member = type && ts.isIdentifier(node.name) && type.getProperty(node.name.text);
        return member ? this.#callableOf(this.#checker.getTypeOfSymbol(member)) : undefined;
      }
      return undefined;
    }
    const type = this.#checker.getContextualType(node as ts.Expression);
    return type && this.#callableOf(type);
  }

  #callableOf(type: ts.Type): Callable | undefined {
    return this.#checker.getNonNullableType(type).getCallSignatures()[0]?.declaration;
  }
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
