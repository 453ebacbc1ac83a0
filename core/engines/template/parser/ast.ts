import type { Value } from '../values/values.ts';

export type Expression =
  | { readonly type: 'constant'; readonly value: Value }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'list'; readonly items: readonly Expression[]; readonly tuple: boolean }
  | { readonly type: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'set'; readonly items: readonly Expression[] }
  | { readonly type: 'comprehension'; readonly comprehension: Comprehension }
  | { readonly type: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
  /** Python's f-string. */
  | { readonly type: 'format'; readonly parts: readonly FormatPart[] }
  | { readonly type: 'attribute'; readonly target: Expression; readonly name: string }
  | { readonly type: 'item'; readonly target: Expression; readonly key: Expression }
  | {
      readonly type: 'slice';
      readonly target: Expression;
      readonly bounds: readonly [Expression, Expression, Expression];
    }
  | { readonly type: 'call'; readonly target: Expression; readonly passed: Passed }
  | { readonly type: 'filter'; readonly target: Expression; readonly filter: FilterCall }
  | {
      readonly type: 'test';
      readonly target: Expression;
      readonly name: string;
      readonly passed: Passed;
    }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'sign'; readonly sign: '-' | '+' | '~'; readonly operand: Expression }
  /** A chain of any length is one node, so that evaluating `a + b + c …` does not nest. */
  | { readonly type: 'arithmetic'; readonly first: Expression; readonly rest: readonly Operand[] }
  | { readonly type: 'concatenation'; readonly items: readonly Expression[] }
  | { readonly type: 'comparison'; readonly first: Expression; readonly rest: readonly Operand[] }
  | { readonly type: 'and' | 'or'; readonly items: readonly Expression[] }
  | {
      readonly type: 'conditional';
      readonly test: Expression;
      readonly chosen: Expression;
      readonly otherwise: Expression | undefined;
    };

/** `element for target in iterable if test …`, in the brackets of its kind. A generator is a list. */
export interface Comprehension {
  readonly kind: 'list' | 'set' | 'dict';
  readonly element: Expression;
  /** The value of an entry, in a mapping. */
  readonly value: Expression | undefined;
  readonly clauses: readonly {
    readonly target: Target;
    readonly iterable: Expression;
    readonly tests: readonly Expression[];
  }[];
}

/** Literal text, or a field such as `{value!r:>10}`, whose specifier may have fields too. */
export type FormatPart =
  | string
  | {
      readonly value: Expression;
      readonly conversion: string | undefined;
      readonly spec: readonly FormatPart[];
    };

export interface Operand {
  readonly operator: string;
  readonly operand: Expression;
}

/** The arguments of a call. `*list` is a spread value, `**mapping` a named one without a name. */
export interface Passed {
  readonly positional: readonly { readonly spread: boolean; readonly value: Expression }[];
  readonly named: readonly { readonly name: string | undefined; readonly value: Expression }[];
}

export interface FilterCall {
  readonly name: string;
  readonly passed: Passed;
}

/** The target of an assignment: a name, a tuple of targets, or an attribute of a namespace. */
export type Target =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'tuple'; readonly items: readonly Target[] }
  | { readonly type: 'attribute'; readonly owner: string; readonly name: string };

export interface Parameter {
  readonly name: string;
  readonly initial: Expression | undefined;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** The names that the body reads. A macro accepts extra arguments only if it reads `varargs`, `kwargs` or `caller`. */
  readonly reads: ReadonlySet<string>;
}

export type Block = readonly Statement[];

export type Statement = { readonly line: number } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'output'; readonly value: Expression }
  | {
      readonly type: 'if';
      readonly branches: readonly { readonly test: Expression; readonly body: Block }[];
      readonly otherwise: Block;
    }
  | {
      readonly type: 'for';
      readonly target: Target;
      readonly iterable: Expression;
      readonly test: Expression | undefined;
      readonly recursive: boolean;
      readonly body: Block;
      readonly otherwise: Block;
    }
  | { readonly type: 'set'; readonly target: Target; readonly value: Expression }
  | {
      readonly type: 'setBlock';
      readonly target: Target;
      readonly filters: readonly FilterCall[];
      readonly body: Block;
    }
  | {
      readonly type: 'macro';
      readonly name: string;
      readonly signature: Signature;
      readonly body: Block;
    }
  | {
      readonly type: 'call';
      readonly call: Expression & { readonly type: 'call' };
      readonly signature: Signature;
      readonly body: Block;
    }
  | { readonly type: 'filterBlock'; readonly filters: readonly FilterCall[]; readonly body: Block }
  | {
      readonly type: 'with';
      readonly assignments: readonly { readonly target: Target; readonly value: Expression }[];
      readonly body: Block;
    }
  | { readonly type: 'do'; readonly value: Expression }
);
