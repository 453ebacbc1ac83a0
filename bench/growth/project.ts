import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { projectRecord, subscriptionRecord } from '../../test/support/records.ts';

export const PROJECT = 'bench';
/** The only subscription of a project with one, besides those for warming up. */
export const SUBSCRIPTION = 'sub_0';
/** Type of the events for warming up, and the number of subscriptions that match them. */
export const WARM = 'warm';
export const WARM_SUBSCRIPTIONS = 10;

const DAY_MS = 86_400_000;

export const iso = (at: number) => new Date(at).toISOString();
export const inMonths = () => Date.now() + 90 * DAY_MS;

export async function subscribe(
  table: DataTable,
  url: string,
  count: number,
  subscription: (index: number) => { id: string; events: string[] },
): Promise<void> {
  const store = subscriptionStore(table);
  for (let index = 0; index < count; index++)
    await store.create(subscriptionRecord({ project: PROJECT, url, ...subscription(index) }));
}

/** Create a project with the subscriptions for warming up. */
export async function createProject(table: DataTable, url: string): Promise<void> {
  await projectStore(table).create(projectRecord({ id: PROJECT }), []);
  await subscribe(table, url, WARM_SUBSCRIPTIONS, (n) => ({ id: `sub_warm${n}`, events: [WARM] }));
}

/** Create a project that also has one subscription to all measured events. */
export async function createProjectWithOne(table: DataTable, url: string): Promise<void> {
  await createProject(table, url);
  await subscribe(table, url, 1, () => ({ id: SUBSCRIPTION, events: ['load.*'] }));
}
