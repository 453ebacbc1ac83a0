import { LocalStackError } from '../errors.ts';

/** What a function does, and to what, as IAM names them: `dynamodb:PutItem` on a table's ARN. */
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

/** Null where it is allowed; else whether a statement denies it, or none allows it. */
export type Refused = 'denied' | 'not allowed' | null;

const UNDERSTOOD = new Set(['Sid', 'Effect', 'Action', 'Resource']);

/**
 * Reads a policy document.
 *
 * @param whose for messages, such as `the role of deliver`
 * @throws LocalStackError for whatever would have to be ignored to go on, such as a condition
 */
export function readPolicy(document: unknown, whose: string): Statement[] {
  const { Statement } = document as { Statement?: unknown };
  return listOf(Statement).map((statement) => {
    const { Effect, Action, Resource, ...others } = statement as Record<string, unknown>;
    const [unknown] = Object.keys(others).filter((name) => !UNDERSTOOD.has(name));
    const actions = listOf(Action);
    const resources = listOf(Resource);
    const isUnderstood =
      unknown === undefined &&
      (Effect === 'Allow' || Effect === 'Deny') &&
      [actions, resources].every((texts) => texts.length > 0 && texts.every(isText));
    if (!isUnderstood) {
      const what = unknown === undefined ? 'a statement' : `a statement with ${unknown}`;
      throw new LocalStackError(
        `A policy of ${whose} has ${what} that the local stack cannot hold calls against: ${JSON.stringify(statement)}`,
      );
    }
    return { effect: Effect, actions: actions as string[], resources: resources as string[] };
  });
}

/** As IAM decides: what is denied is refused, whatever else allows it. */
export function refused(statements: readonly Statement[], call: Call): Refused {
  const effects = statements.filter((statement) => concerns(statement, call)).map(({ effect }) => effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? null : 'not allowed';
}

function concerns({ actions, resources }: Statement, { action, resource }: Call): boolean {
  // IAM does not tell upper from lower case in actions, and does in resources.
  return (
    actions.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some((pattern) => fits(pattern, resource))
  );
}

/** `*` stands for any text, `?` for one character. */
function fits(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
const isText = (value: unknown) => typeof value === 'string';
