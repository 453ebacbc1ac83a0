import { AsyncLocalStorage } from 'node:async_hooks';
import { notFound, type RequestError, UnauthorizedError } from '../../kernel/errors.ts';
import type { Authority } from '../../ports/authority-store.ts';
import { KEY } from './keys.ts';
import { EXISTS, keyText, type TransactItem } from './table.ts';

/**
 * The authority of the work that runs now. Writes look it up here, so that no route and no store can forget to pass it on.
 */
const present = new AsyncLocalStorage<Authority>();

export function during<Result>({ key, projects }: Authority, work: () => Promise<Result>): Promise<Result> {
  const outer = present.getStore();
  const others = outer?.projects.filter(({ id }) => projects.every((project) => project.id !== id)) ?? [];
  return present.run({ key: key ?? outer?.key, projects: [...projects, ...others] }, work);
}

/** Do work without the authority, such as undoing what was begun with one that is gone. */
export const withoutAuthority = <Result>(work: () => Promise<Result>): Promise<Result> => present.exit(work);

export const hasAuthority = (): boolean => present.getStore() !== undefined;

/** A condition of a transaction, and the error if it does not hold. */
export interface AuthorityCheck {
  readonly item: TransactItem;
  readonly error: () => RequestError;
}

/** Return the conditions that the present authority adds to a transaction, but for those on items that it writes itself. */
export function authorityChecks(tableName: string, items: readonly TransactItem[]): AuthorityCheck[] {
  const authority = present.getStore();
  if (authority === undefined) return [];
  const { key, projects } = authority;
  const checks = [
    ...projects.map((project) => ({
      Key: KEY.project(project.id),
      ...isLive(project.generation),
      error: () => notFound('project', project.id),
    })),
    ...(key === undefined ? [] : [{ Key: KEY.keyOfProject(key.project, key.id), ...EXISTS, error: keyGone }]),
  ];
  // DynamoDB allows one operation on an item, and those on a project or a key have conditions of their own.
  const written = new Set(items.map(keyOf));
  return checks
    .filter(({ Key }) => !written.has(keyText(Key)))
    .map(({ error, ...check }) => ({ item: { ConditionCheck: { TableName: tableName, ...check } }, error }));
}

export const keyGone = () => new UnauthorizedError('The key has been deleted.');

/** The condition that a project exists with this generation. A deleted one leaves a tombstone. */
const isLive = (generation: string | undefined) =>
  generation === undefined
    ? {
        ConditionExpression: `${EXISTS.ConditionExpression} AND attribute_not_exists(deleted) AND attribute_not_exists(generation)`,
        ExpressionAttributeNames: EXISTS.ExpressionAttributeNames,
      }
    : {
        ConditionExpression: 'attribute_not_exists(deleted) AND generation = :generation',
        ExpressionAttributeValues: { ':generation': generation },
      };

const keyOf = ({ Put, Update, Delete, ConditionCheck }: TransactItem) =>
  keyText(Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key ?? {});
