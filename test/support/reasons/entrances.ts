import ts from 'typescript';
import { isReasonMember } from './members.ts';
import { literalOf, returnsOf } from './syntax.ts';

/** Calls that say what is wrong in a part of a reason: the name of the class and of the method, and which argument it is. */
const REASON_ARGUMENTS: Readonly<Record<string, number>> = {
  'Arguments.error': 0,
  'Undefined.constructor': 1,
};
/** Faults of ours. Callers read that an internal error occurred. */
const INTERNAL = new Set(['SealedValueError', 'NotSentError', 'OutOfTime']);
/** The methods of zod whose argument says what is wrong, and the position of that argument. */
const ZOD_MESSAGES: Readonly<Record<string, number>> = {
  refine: 1,
  regex: 1,
  string: 0,
  custom: 1,
  min: 1,
  union: 1,
  array: 1,
};

const isInternal = (declaration: ts.Declaration) =>
  ts.isClassDeclaration(declaration) && INTERNAL.has(declaration.name?.text ?? '');

/** Where reasons come into being: errors, faults, results of exchanges and schemas. */
export class Entrances {
  readonly #checker: ts.TypeChecker;
  readonly #sources: ReadonlySet<ts.SourceFile>;

  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.#checker = checker;
    this.#sources = new Set(sources);
  }

  /** Return the expressions at a node whose value becomes a reason. */
  reasonsIn(node: ts.Node): ts.Expression[] {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      return this.#isErrorsOwn(node) ? node.arguments.slice(0, 1) : [];
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const type = this.#checker.getContextualType(node.parent);
      if (!ts.isIdentifier(node.name)) return [];
      const isFault =
        node.name.text === 'message' &&
        node.parent.properties.some(({ name }) => name && ts.isIdentifier(name) && name.text === 'path');
      if (!isFault && !(type && isReasonMember(type, node.name.text))) return [];
      return [ts.isPropertyAssignment(node) ? node.initializer : node.name];
    }
    if (ts.isPropertyDeclaration(node) && node.initializer && ts.isIdentifier(node.name)) {
      return node.name.text === 'title' ? [node.initializer] : [];
    }
    if (ts.isNewExpression(node)) return [...this.#reasonArgument(node), ...this.#ofPlainError(node)];
    if (ts.isCallExpression(node)) return [...this.#reasonArgument(node), ...this.#zodMessages(node)];
    return [];
  }

  /** Return the message of an error of our own whose class has no constructor. */
  #ofPlainError(node: ts.NewExpression): ts.Expression[] {
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    const isErrors = declaration?.getSourceFile().fileName.includes('/typescript/lib/') ?? false;
    const made = this.#checker.getTypeAtLocation(node).symbol?.valueDeclaration;
    const isOurs = made !== undefined && this.#sources.has(made.getSourceFile()) && !isInternal(made);
    return isErrors && isOurs ? (node.arguments?.slice(0, 1) ?? []) : [];
  }

  #reasonArgument(node: ts.CallExpression | ts.NewExpression): ts.Expression[] {
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    if (declaration === undefined || !ts.isClassDeclaration(declaration.parent)) return [];
    const method = ts.isConstructorDeclaration(declaration)
      ? 'constructor'
      : (declaration as ts.MethodDeclaration).name.getText();
    const at = REASON_ARGUMENTS[`${declaration.parent.name?.text}.${method}`];
    const argument = at === undefined ? undefined : node.arguments?.[at];
    return argument === undefined ? [] : [argument];
  }

  /** Return whether a call of `super` calls the constructor of `Error`. */
  #isErrorsOwn(node: ts.CallExpression): boolean {
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    const owner = ts.findAncestor(node, ts.isClassDeclaration);
    if (owner !== undefined && isInternal(owner)) return false;
    return declaration?.getSourceFile().fileName.includes('/typescript/lib/') ?? false;
  }

  #zodMessages(node: ts.CallExpression): ts.Expression[] {
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    if (!declaration?.getSourceFile().fileName.includes('/zod/')) return [];
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
    if (name === 'addIssue') return this.#memberOf(node.arguments[0], 'message');
    const message = node.arguments[ZOD_MESSAGES[name] ?? -1];
    if (message === undefined) return [];
    const type = this.#checker.getTypeAtLocation(message);
    if (type.flags & ts.TypeFlags.StringLike) return [message];
    return this.#memberOf(message, 'error');
  }

  /** Return what a member of an object literal is, through constants; of a function what it returns. */
  #memberOf(object: ts.Expression | undefined, name: string): ts.Expression[] {
    const literal = object && literalOf(this.#checker, object);
    if (literal === undefined) return [];
    return literal.properties.flatMap((member) => {
      if (!member.name || !ts.isIdentifier(member.name) || member.name.text !== name) return [];
      if (ts.isShorthandPropertyAssignment(member)) return [member.name];
      if (!ts.isPropertyAssignment(member)) return [];
      return ts.isArrowFunction(member.initializer) ? returnsOf(member.initializer) : [member.initializer];
    });
  }
}
