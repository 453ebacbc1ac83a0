import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { projectRecord, subscriptionRecord } from '../../test/support/records.ts';

export const PROJECT = 'bench';
/** Of the project that has but one besides those that warm up. */
export const SUBSCRIPTION = 'sub_0';
/** The type of the events by which functions are warmed up, and how many subscriptions these go to. */
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

/** A project with the subscriptions that the functions are warmed up by. */
export async function found(table: DataTable, url: string): Promise<void> {
  await projectStore(table).create(projectRecord({ id: PROJECT }), []);
  await subscribe(table, url, WARM_SUBSCRIPTIONS, (n) => ({ id: `sub_warm${n}`, events: [WARM] }));
}

/** One that gets every event. */
export async function foundWithOne(table: DataTable, url: string): Promise<void> {
  await found(table, url);
  await subscribe(table, url, 1, () => ({ id: SUBSCRIPTION, events: ['load.*'] }));
}
