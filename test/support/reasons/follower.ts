import { relative, resolve } from 'node:path';
import ts from 'typescript';
import { type Callable, CallIndex } from './call-index.ts';
import { isMadeElsewhere } from './members.ts';
import { declarationOf, isConstant, literalOf, returnsOf } from './syntax.ts';
import { combined, HOLE, MAX_ALTERNATIVES, type ReasonText } from './text.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** What these functions return is data, however few alternatives there are. */
const DATA_FUNCTIONS = new Set(['typeName', 'floatText', 'show', 'textOf', 'refusedAddress']);

/** Follows expressions back to the texts that they may be. */
export class Follower {
  readonly #checker: ts.TypeChecker;
  readonly #index: CallIndex;
  readonly #known = new Map<ts.Node, readonly ReasonText[]>();

  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.#checker = checker;
    this.#index = new CallIndex(checker, sources);
  }

  /** Return the texts that an expression may be. */
  textsOf(node: ts.Expression): readonly ReasonText[] {
    return this.#once(node, () => this.#resolve(node));
  }

  /** Return what a node may be; nothing for a node that depends on itself. */
  #once(node: ts.Node, resolve: () => readonly ReasonText[]): readonly ReasonText[] {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#known.set(node, []);
    const texts = [...new Map(resolve().map((found) => [found.text, found])).values()];
    this.#known.set(node, texts);
    return texts;
  }

  #resolve(node: ts.Expression): readonly ReasonText[] {
    const at = this.#placeOf(node);
    if (ts.isStringLiteralLike(node)) return [{ text: node.text, at }];
    if (ts.isNumericLiteral(node)) return [{ text: node.text, at }];
    if (node.kind === ts.SyntaxKind.NullKeyword) return [];
    if (ts.isIdentifier(node) && node.text === 'undefined') return [];
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isAwaitExpression(node)
    )
      return this.textsOf(node.expression);
    if (ts.isConditionalExpression(node))
      return [...this.textsOf(node.whenTrue), ...this.textsOf(node.whenFalse)];
    if (ts.isBinaryExpression(node)) return this.#ofBinary(node, at);
    if (ts.isTemplateExpression(node)) return this.#ofTemplate(node, at);
    const literals = this.#literalsOf(node);
    if (literals !== undefined) return literals.map((text) => ({ text, at }));
    if (ts.isIdentifier(node)) return this.#ofIdentifier(node) ?? this.#hide(node);
    if (ts.isCallExpression(node)) return this.#ofCall(node) ?? this.#hide(node);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return this.#ofMember(node) ?? this.#hide(node);
    return this.#hide(node);
  }

  #ofBinary(node: ts.BinaryExpression, at: string): readonly ReasonText[] {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.PlusToken)
      return combined([this.#part(node.left), this.#part(node.right)], at);
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
      return [...this.textsOf(node.left), ...this.textsOf(node.right)];
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.textsOf(node.right);
    return this.#hide(node);
  }

  #ofTemplate(node: ts.TemplateExpression, at: string): readonly ReasonText[] {
    const parts: (readonly string[])[] = [[node.head.text]];
    for (const { expression, literal } of node.templateSpans)
      parts.push(this.#part(expression), [literal.text]);
    return combined(parts, at);
  }

  /** Return the alternatives of a part of a text, or a hole if they cannot be told. */
  #part(node: ts.Expression): readonly string[] {
    const type = this.#checker.getTypeAtLocation(node);
    if (!(type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Union))) return [HOLE];
    if (this.#isData(node)) return [HOLE];
    const texts = this.textsOf(node).map(({ text }) => text);
    return texts.length === 0 || texts.length > MAX_ALTERNATIVES || texts.every((text) => text === HOLE)
      ? [HOLE]
      : texts;
  }

  /** Return whether an expression is a call of a function that shows data, or a constant that is the result of one. */
  #isData(node: ts.Expression): boolean {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      return ts.isIdentifier(expression) && DATA_FUNCTIONS.has(expression.text);
    }
    const declaration = ts.isIdentifier(node) ? declarationOf(this.#checker, node) : undefined;
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? this.#isData(declaration.initializer)
      : false;
  }

  #literalsOf(node: ts.Expression): string[] | undefined {
    const type = this.#checker.getTypeAtLocation(node);
    const types = type.isUnion() ? type.types : [type];
    const texts = types.filter((each) => !(each.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
    if (texts.length === 0 || texts.length > MAX_ALTERNATIVES) return undefined;
    return texts.every((each) => each.isStringLiteral())
      ? texts.map((each) => (each as ts.StringLiteralType).value)
      : undefined;
  }

  #ofIdentifier(node: ts.Identifier): readonly ReasonText[] | undefined {
    const declaration = declarationOf(this.#checker, node);
    if (declaration === undefined) return undefined;
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isBindingElement(declaration)) return this.#ofBinding(declaration);
    if (ts.isVariableDeclaration(declaration) && declaration.initializer && isConstant(declaration))
      return this.textsOf(declaration.initializer);
    return undefined;
  }

  /** Return what the calls of a function give for a parameter. */
  #ofParameter(parameter: ts.ParameterDeclaration): readonly ReasonText[] {
    return this.#once(parameter, () => {
      const callable = parameter.parent as Callable;
      const at = callable.parameters.indexOf(parameter as never);
      const calls = this.#index.callsOf(callable);
      if (calls.length === 0) return this.#hide(parameter);
      const given = calls.flatMap((call) => {
        const argument = call.arguments?.[at];
        return argument === undefined ? [] : this.textsOf(argument);
      });
      return parameter.initializer ? [...given, ...this.textsOf(parameter.initializer)] : given;
    });
  }

  /** Return what the constant members of a table's rows are, in `for (const { text } of TABLE)` and in parameters. */
  #ofBinding(element: ts.BindingElement): readonly ReasonText[] | undefined {
    const name = element.propertyName ?? element.name;
    if (!ts.isIdentifier(name)) return undefined;
    const type = this.#checker.getTypeAtLocation(element.parent);
    return this.#ofProperty(type, name.text);
  }

  #ofMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  ): readonly ReasonText[] | undefined {
    if (ts.isPropertyAccessExpression(node)) {
      const type = this.#checker.getTypeAtLocation(node.expression);
      const own = this.#ofProperty(type, node.name.text);
      if (own !== undefined) return own;
      const getter = declarationOf(this.#checker, node.name);
      if (getter === undefined || !ts.isGetAccessor(getter)) return undefined;
      return returnsOf(getter).flatMap((value) => this.textsOf(value));
    }
    const literal = literalOf(this.#checker, node.expression);
    if (literal === undefined) return undefined;
    return literal.properties.flatMap((member) =>
      ts.isPropertyAssignment(member) ? this.textsOf(member.initializer) : [],
    );
  }

  #ofProperty(type: ts.Type, name: string): readonly ReasonText[] | undefined {
    const types = type.isUnion() ? type.types : [type];
    const declarations = types.flatMap((each) => each.getProperty(name)?.declarations ?? []);
    const values = declarations.flatMap((declaration): ts.Expression[] => {
      if (ts.isPropertyAssignment(declaration)) return [declaration.initializer];
      if (ts.isPropertyDeclaration(declaration) && declaration.initializer) return [declaration.initializer];
      if (ts.isGetAccessor(declaration)) return returnsOf(declaration);
      return [];
    });
    // A reason of another error or fault is found where that is made.
    if (declarations.some((each) => isMadeElsewhere(each, name))) return [];
    return values.length > 0 ? values.flatMap((value) => this.textsOf(value)) : undefined;
  }

  /** Return the elements of an array that is written as a literal, perhaps filtered. */
  #elementsOf(node: ts.Expression): readonly ts.Expression[] | undefined {
    if (ts.isArrayLiteralExpression(node)) return node.elements;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      return node.expression.name.text === 'filter'
        ? this.#elementsOf(node.expression.expression)
        : undefined;
    const declaration = ts.isIdentifier(node) ? declarationOf(this.#checker, node) : undefined;
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? this.#elementsOf(declaration.initializer)
      : undefined;
  }

  #ofCall(node: ts.CallExpression): readonly ReasonText[] | undefined {
    // What is translated has been found where it is made.
    if (/(?:^|\.)say$/.test(node.expression.getText())) return [];
    if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'join') {
      const elements = this.#elementsOf(node.expression.expression);
      return elements?.flatMap((element) => this.textsOf(element));
    }
    const bodies = this.#index.reachedBy(node);
    if (bodies === undefined) return undefined;
    return bodies.flatMap((each) =>
      returnsOf(each as ts.SignatureDeclaration).flatMap((value) => this.textsOf(value)),
    );
  }

  #hide(node: ts.Node): readonly ReasonText[] {
    return [{ text: HOLE, at: `${this.#placeOf(node)} ${node.getText().slice(0, 60)}` }];
  }

  #placeOf(node: ts.Node): string {
    const source = node.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    return `${relative(ROOT, source.fileName)}:${line + 1}`;
  }
}
