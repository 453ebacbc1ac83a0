import { newProjectSchema } from '../../core/api-schemas/project.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { countedMailbox } from '../../core/flow/counted-mailbox.ts';
import { toJsonText } from '../../core/kernel/json-text.ts';
import { createProject } from '../../core/manage/create-project.ts';
import type { Project } from '../../core/model/project.ts';
import { type SubscriptionState, stateOf } from '../../core/model/subscription.ts';
import { LocalStackError } from '../errors.ts';
import { TYPES } from './catalogue.ts';
import { customerOf } from './customers.ts';
import { type Endpoint, makeEndpoints } from './endpoints.ts';
import { Random } from './random.ts';
import { type Recorded, recordHistory, WRITES_AT_ONCE } from './record-history.ts';
import { type Stores, WRITE_FORMAT } from './stores.ts';
import { WritePool } from './write-pool.ts';

export interface SeedOptions {
  readonly project: string;
  readonly subscriptions: number;
  /** At least so many. */
  readonly attempts: number;
  readonly seed: number;
  /** The end of the data, in milliseconds since the epoch. */
  readonly now: number;
  /** Is told which share of the history is written, from 0 to 1. */
  progress(share: number): void;
}

/** What was written. */
export interface Seeded {
  readonly events: number;
  readonly attempts: number;
  /** Subscriptions by state, and among the healthy ones those that were never tried. */
  readonly states: Readonly<Record<SubscriptionState, number>>;
  readonly neverTried: number;
  readonly waiting: number;
}

/**
 * Fill a project with made-up data through the repositories.
 *
 * @throws LocalStackError if the project has subscriptions or events already
 */
export async function seedProject(stores: Stores, options: SeedOptions): Promise<Seeded> {
  const { subscriptions: count, attempts, seed, now, progress } = options;
  const random = new Random(seed);
  const project = await emptyProject(stores, options.project, now);
  await registerTypes(stores, project.id, random);
  const endpoints = makeEndpoints(project.id, count, now, random);
  const recorded = await recordHistory(stores, { project, endpoints, attempts, random, now, progress });
  // Last, because what a subscription is like depends on what has happened to it.
  await storeSubscriptions(stores, endpoints, recorded);
  await storeWaiting(stores, recorded);
  return summaryOf(endpoints, recorded);
}

async function emptyProject(stores: Stores, id: string, now: number): Promise<Project> {
  const { projects, subscriptions, events } = stores;
  const known = await projects.get(id);
  if (known === null) {
    const given = newProjectSchema.parse({ id, name: 'Acme (made-up data)' });
    const ports = {
      projects,
      catalogue: initialCatalogue,
      retentionDays: 30,
      writeFormat: WRITE_FORMAT,
    } as const;
    return createProject({ ...ports, clock: () => now }, given);
  }
  const first = { limit: 1, cursor: null };
  const found = [await subscriptions.list(id, first), await events.list(id, {}, first)];
  if (found.some(({ items }) => items.length > 0))
    throw new LocalStackError(
      `The project ${id} has subscriptions or events already: pass --project with the id of a new one, or delete it (npm run admin -- projects delete ${id})`,
    );
  return known;
}

async function registerTypes({ eventTypes }: Stores, project: string, random: Random): Promise<void> {
  const made = Object.entries(TYPES).map(([type, { description, dataOf }]) => {
    const sample = toJsonText(dataOf({ customer: customerOf(0), number: 1042 }, random));
    return { type, description, schema: null, samples: [sample], archived: false };
  });
  await eventTypes.add(project, made);
}

async function storeSubscriptions(
  { subscriptions, flows }: Stores,
  endpoints: readonly Endpoint[],
  { pasts, waiting }: Recorded,
): Promise<void> {
  const holding = new Set(waiting.map(({ subscriptionId }) => subscriptionId));
  const pool = new WritePool(WRITES_AT_ONCE);
  for (const endpoint of endpoints) {
    const past = pasts.get(endpoint);
    const subscription = past?.subscription() ?? endpoint.subscription;
    await pool.add(async () => {
      await subscriptions.create(subscription);
      if (past !== undefined && (past.hasEvidence || holding.has(subscription.id)))
        await flows.change(subscription.project, subscription.id, () => past.flowState());
    });
  }
  await pool.drain();
}

/** Put the deliveries that wait into the mailboxes, and say when their pumps have something to do. */
async function storeWaiting({ mailbox, flows }: Stores, { pasts, waiting }: Recorded): Promise<void> {
  await countedMailbox({ mailbox, flows, log: NOTHING_FAILS }).write(waiting);
  const subscriptions = [...pasts.values()].map((past) => [past.subscription(), past.flowState()] as const);
  const known = new Map(
    subscriptions.map(([subscription, state]) => [subscription.id, { subscription, state }]),
  );
  const pool = new WritePool(WRITES_AT_ONCE);
  for (const [id, entries] of Map.groupBy(waiting, ({ subscriptionId }) => subscriptionId)) {
    const { subscription, state } = known.get(id) ?? {};
    // The pump of a paused subscription has found that there is nothing to do until it is resumed.
    if (subscription === undefined || subscription.paused) continue;
    const dueAt = state?.nextProbeAt ?? Math.min(...entries.map(({ dueAt }) => dueAt));
    await pool.add(() => flows.wake(subscription.project, id, dueAt, false));
  }
  await pool.drain();
}

const rethrow = (_message: string, { error }: Readonly<Record<string, unknown>>): never => {
  throw error;
};
const NOTHING_FAILS = { info: () => {}, warn: rethrow, error: rethrow };

function summaryOf(endpoints: readonly Endpoint[], { pasts, events, attempts, waiting }: Recorded): Seeded {
  const states = { healthy: 0, failing: 0, paused: 0, disabled: 0 };
  let neverTried = 0;
  for (const endpoint of endpoints) {
    const past = pasts.get(endpoint);
    states[stateOf(past?.subscription() ?? endpoint.subscription)]++;
    if (past?.wasTried !== true) neverTried++;
  }
  return { events, attempts, states, neverTried, waiting: waiting.length };
}
