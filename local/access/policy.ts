import { LocalStackError } from '../errors.ts';

/** An action on a resource with their IAM names, such as `dynamodb:PutItem` on a table's ARN. */
export interface Call {
  readonly action: string;
  readonly resource: string;
}

/** A statement of a policy, with its references resolved. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Why a call is not allowed: a statement denies it, or no statement allows it. */
export type Denial = 'denied' | 'not allowed';

const SUPPORTED = new Set(['Sid', 'Effect', 'Action', 'Resource']);

/**
 * Parse a policy document.
 *
 * @param owner for messages, such as `the role of deliver`
 * @throws LocalStackError for elements that are not supported here, such as conditions
 */
export function readPolicy(document: unknown, owner: string): Statement[] {
  const { Statement } = document as { Statement?: unknown };
  return listOf(Statement).map((statement) => {
    const { Effect, Action, Resource, ...others } = statement as Record<string, unknown>;
    const [unknown] = Object.keys(others).filter((name) => !SUPPORTED.has(name));
    const actions = listOf(Action);
    const resources = listOf(Resource);
    const isSupported =
      unknown === undefined &&
      (Effect === 'Allow' || Effect === 'Deny') &&
      [actions, resources].every((texts) => texts.length > 0 && texts.every(isText));
    if (!isSupported) {
      const what = unknown === undefined ? 'a statement' : `a statement with ${unknown}`;
      throw new LocalStackError(
        `A policy of ${owner} has ${what} that the local stack does not support: ${JSON.stringify(statement)}`,
      );
    }
    return { effect: Effect, actions: actions as string[], resources: resources as string[] };
  });
}

/** Decide as IAM does, where a deny overrides every allow. Return null if the call is allowed. */
export function denialOf(statements: readonly Statement[], call: Call): Denial | null {
  const effects = statements.filter((statement) => concerns(statement, call)).map(({ effect }) => effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? null : 'not allowed';
}

function concerns({ actions, resources }: Statement, { action, resource }: Call): boolean {
  // IAM ignores the case of actions, but not of resources.
  return (
    actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some((pattern) => matches(pattern, resource))
  );
}

/** Match a pattern in which `*` matches any text and `?` one character. */
function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
const isText = (value: unknown) => typeof value === 'string';
