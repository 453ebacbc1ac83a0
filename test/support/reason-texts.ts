import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** Stands for a part of a text that is known only when the text is made. */
export const HOLE = '\u0001';

/** The members of objects in which reasons reach a caller. */
const REASON_MEMBERS = new Set([
  'Fault.message',
  'SendResult.detail',
  'SendResult.notFollowed',
  'TransportFailure.detail',
  'RenderFailure.detail',
  'HookResponse.truncated',
  'Attempt.truncated',
  'Attempt.detail',
  'Verdict.detail',
  'Preview.detail',
  'RequestError.title',
  'Failure.title',
  'Failure.detail',
  'RedirectTarget.refused',
  'TransportFailureError.detail',
  'Decoded.problem',
  'Undefined.reason',
]);
/** Calls that say what is wrong in a part of a reason: the name of the class and of the method, and which argument it is. */
const REASON_ARGUMENTS: Readonly<Record<string, number>> = {
  'Arguments.error': 0,
  'Undefined.constructor': 1,
};
/** Faults of ours. Callers read that an internal error occurred. */
const INTERNAL = new Set(['SealedValueError', 'NotSentError', 'OutOfTime']);
/** What these functions return is data, however few alternatives there are. */
const DATA_FUNCTIONS = new Set(['typeName', 'floatText', 'show', 'textOf', 'refusedAddress']);
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
/** More alternatives of a part of a text are its data, such as the names of functions. */
const MAX_ALTERNATIVES = 100;

export interface ReasonText {
  /** The English text, with {@link HOLE} for each part that is data. */
  readonly text: string;
  /** Where it is written. */
  readonly at: string;
}

export interface Inventory {
  readonly texts: readonly ReasonText[];
  /** Reasons whose text is not written where it can be read. */
  readonly hidden: readonly string[];
}

/** Return every text that becomes a reason, from the sources of `core` and `lambdas`. */
export function reasonTexts(): Inventory {
  const files = ['core', 'lambdas'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(ROOT, folder, file)),
  );
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const sources = program.getSourceFiles().filter(({ fileName }) => files.includes(fileName));
  return new ReasonWalk(program.getTypeChecker(), sources).run();
}

/** Frappe's clients expect Frappe's own texts. */
const isOfDialect = (file: string) =>
  file.includes('/core/dialects/frappe/') || file.includes('/core/openapi/');

const isInternal = (declaration: ts.Declaration) =>
  ts.isClassDeclaration(declaration) && INTERNAL.has(declaration.name?.text ?? '');

type Callable = ts.SignatureDeclaration | ts.JSDocSignature;

class ReasonWalk {
  readonly #checker: ts.TypeChecker;
  readonly #sources: readonly ts.SourceFile[];
  readonly #calls = new Map<Callable, (ts.CallExpression | ts.NewExpression)[]>();
  /** The functions that are given where a function of a type is wanted. */
  readonly #given = new Map<Callable, ts.SignatureDeclaration[]>();
  readonly #known = new Map<ts.Node, readonly ReasonText[]>();
  readonly #texts: ReasonText[] = [];
  readonly #hidden = new Set<string>();

  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.#checker = checker;
    this.#sources = sources;
  }

  run(): Inventory {
    for (const source of this.#sources) this.#index(source);
    for (const source of this.#sources) if (!isOfDialect(source.fileName)) this.#visit(source);
    const unique = new Map(this.#texts.map((found) => [found.text, found]));
    return { texts: [...unique.values()], hidden: [...this.#hidden] };
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

  #visit(node: ts.Node): void {
    for (const reason of this.#reasonsIn(node)) this.#report(reason);
    ts.forEachChild(node, (child) => this.#visit(child));
  }

  /** Return the expressions at a node whose value becomes a reason. */
  #reasonsIn(node: ts.Node): ts.Expression[] {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      return this.#isErrorsOwn(node) ? node.arguments.slice(0, 1) : [];
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const type = this.#checker.getContextualType(node.parent);
      if (!ts.isIdentifier(node.name)) return [];
      const isFault =
        node.name.text === 'message' &&
        node.parent.properties.some(({ name }) => name && ts.isIdentifier(name) && name.text === 'path');
      if (!isFault && !(type && this.#isReasonMember(type, node.name.text))) return [];
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
    const isOurs = made !== undefined && this.#sources.includes(made.getSourceFile()) && !isInternal(made);
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

  #isReasonMember(type: ts.Type, name: string): boolean {
    const types = type.isUnionOrIntersection() ? type.types : [type];
    return types.some((each) =>
      each.getProperty(name)?.declarations?.some((declaration) => {
        const owner = ts.findAncestor(
          declaration,
          (above) =>
            ts.isInterfaceDeclaration(above) ||
            ts.isTypeAliasDeclaration(above) ||
            ts.isClassDeclaration(above),
        ) as ts.InterfaceDeclaration | undefined;
        return REASON_MEMBERS.has(`${owner?.name.text}.${name}`);
      }),
    );
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
    const literal = object && this.#literalOf(object);
    if (literal === undefined) return [];
    return literal.properties.flatMap((member) => {
      if (!member.name || !ts.isIdentifier(member.name) || member.name.text !== name) return [];
      if (ts.isShorthandPropertyAssignment(member)) return [member.name];
      if (!ts.isPropertyAssignment(member)) return [];
      return ts.isArrowFunction(member.initializer) ? returnsOf(member.initializer) : [member.initializer];
    });
  }

  #literalOf(object: ts.Expression): ts.ObjectLiteralExpression | undefined {
    if (ts.isObjectLiteralExpression(object)) return object;
    if (!ts.isIdentifier(object)) return undefined;
    const declaration = this.#declarationOf(object);
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? this.#literalOf(declaration.initializer)
      : undefined;
  }

  #report(reason: ts.Expression): void {
    for (const found of this.#textsOf(reason)) {
      if (found.text.replaceAll(HOLE, '').trim() === '') this.#hidden.add(found.at);
      else this.#texts.push(found);
    }
  }

  /** Return the texts that an expression may be. */
  #textsOf(node: ts.Expression): readonly ReasonText[] {
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
      return this.#textsOf(node.expression);
    if (ts.isConditionalExpression(node))
      return [...this.#textsOf(node.whenTrue), ...this.#textsOf(node.whenFalse)];
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
      return [...this.#textsOf(node.left), ...this.#textsOf(node.right)];
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.#textsOf(node.right);
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
    const texts = this.#textsOf(node).map(({ text }) => text);
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
    const declaration = ts.isIdentifier(node) ? this.#declarationOf(node) : undefined;
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

  #declarationOf(node: ts.Node): ts.Declaration | undefined {
    let symbol = this.#checker.getSymbolAtLocation(node);
    if (symbol && ts.isShorthandPropertyAssignment(node.parent))
      symbol = this.#checker.getShorthandAssignmentValueSymbol(node.parent) ?? symbol;
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    return symbol?.valueDeclaration;
  }

  #ofIdentifier(node: ts.Identifier): readonly ReasonText[] | undefined {
    const declaration = this.#declarationOf(node);
    if (declaration === undefined) return undefined;
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isBindingElement(declaration)) return this.#ofBinding(declaration);
    if (ts.isVariableDeclaration(declaration) && declaration.initializer && isConstant(declaration))
      return this.#textsOf(declaration.initializer);
    return undefined;
  }

  /** Return what the calls of a function give for a parameter. */
  #ofParameter(parameter: ts.ParameterDeclaration): readonly ReasonText[] {
    return this.#once(parameter, () => {
      const callable = parameter.parent as Callable;
      const at = callable.parameters.indexOf(parameter as never);
      const wanted = this.#wantedOf(callable);
      const calls = [callable, ...(wanted === undefined ? [] : [wanted])].flatMap(
        (each) => this.#calls.get(each) ?? [],
      );
      if (calls.length === 0) return this.#hide(parameter);
      const given = calls.flatMap((call) => {
        const argument = call.arguments?.[at];
        return argument === undefined ? [] : this.#textsOf(argument);
      });
      return parameter.initializer ? [...given, ...this.#textsOf(parameter.initializer)] : given;
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
      const getter = this.#declarationOf(node.name);
      if (getter === undefined || !ts.isGetAccessor(getter)) return undefined;
      return returnsOf(getter).flatMap((value) => this.#textsOf(value));
    }
    const literal = this.#literalOf(node.expression);
    if (literal === undefined) return undefined;
    return literal.properties.flatMap((member) =>
      ts.isPropertyAssignment(member) ? this.#textsOf(member.initializer) : [],
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
    return values.length > 0 ? values.flatMap((value) => this.#textsOf(value)) : undefined;
  }

  /** Return the elements of an array that is written as a literal, perhaps filtered. */
  #elementsOf(node: ts.Expression): readonly ts.Expression[] | undefined {
    if (ts.isArrayLiteralExpression(node)) return node.elements;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      return node.expression.name.text === 'filter'
        ? this.#elementsOf(node.expression.expression)
        : undefined;
    const declaration = ts.isIdentifier(node) ? this.#declarationOf(node) : undefined;
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
      ? this.#elementsOf(declaration.initializer)
      : undefined;
  }

  #ofCall(node: ts.CallExpression): readonly ReasonText[] | undefined {
    // What is translated has been found where it is made.
    if (/(?:^|\.)say$/.test(node.expression.getText())) return [];
    if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'join') {
      const elements = this.#elementsOf(node.expression.expression);
      return elements?.flatMap((element) => this.#textsOf(element));
    }
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    if (declaration === undefined) return undefined;
    const bodies = 'body' in declaration && declaration.body ? [declaration] : this.#given.get(declaration);
    if (bodies === undefined) return undefined;
    return bodies.flatMap((each) =>
      returnsOf(each as ts.SignatureDeclaration).flatMap((value) => this.#textsOf(value)),
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

function isMadeElsewhere(declaration: ts.Declaration, name: string): boolean {
  const owner = declaration.parent;
  if (!ts.isInterfaceDeclaration(owner) && !ts.isClassDeclaration(owner) && !ts.isTypeLiteralNode(owner))
    return false;
  if (name === 'message' && 'name' in owner && owner.name?.text === 'Error') return true;
  const alias = ts.findAncestor(
    owner,
    (above) => ts.isTypeAliasDeclaration(above) || ts.isInterfaceDeclaration(above),
  );
  const ownerName = ts.isClassDeclaration(owner)
    ? owner.name?.text
    : (alias as ts.InterfaceDeclaration | undefined)?.name.text;
  return REASON_MEMBERS.has(`${ownerName}.${name}`);
}

const isConstant = (declaration: ts.VariableDeclaration) =>
  (declaration.parent.flags & ts.NodeFlags.Const) !== 0;

/** Return what a function returns, without what functions within it return. */
function returnsOf(callable: ts.SignatureDeclaration | ts.GetAccessorDeclaration): ts.Expression[] {
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

/** Return every combination of the alternatives of parts. Of too many, the part with the most alternatives is data. */
function combined(parts: readonly (readonly string[])[], at: string): readonly ReasonText[] {
  const count = parts.reduce((product, { length }) => product * length, 1);
  if (count > MAX_ALTERNATIVES) {
    const most = Math.max(...parts.map(({ length }) => length));
    const data = parts.findIndex(({ length }) => length === most);
    return combined(parts.with(data, [HOLE]), at);
  }
  const texts = parts.reduce<string[]>(
    (begun, alternatives) => begun.flatMap((text) => alternatives.map((part) => text + part)),
    [''],
  );
  return texts.map((text) => ({ text, at }));
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
