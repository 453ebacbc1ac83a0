import { type Clock, DAY_MS } from '../kernel/clock.ts';
import { ConflictError, UnavailableError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import type { AuthorityStore } from '../ports/authority-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface DeleteProjectPorts {
  readonly projects: Pick<ProjectStore, 'get' | 'delete' | 'forgetCounts'>;
  readonly keys: Pick<KeyStore, 'list' | 'deleteUncounted'>;
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'deleteUncounted'>;
  readonly eventTypes: Pick<EventTypeStore, 'list' | 'deleteUncounted'>;
  readonly authorities: Pick<AuthorityStore, 'without'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds after which a call leaves the rest to the next one. */
  readonly timeLimit: number;
}

/** Messages in the queues are kept for 14 days, and counts of traffic for 8. */
const LONGEST_KEPT_DAYS = 14;
/** Items that are deleted at the same time. */
const PER_STEP = 20;

/**
 * Delete a project with everything but its events, which expire when they would have. Until then its id stays reserved,
 * because a new project of that id would find them.
 *
 * The project goes first, so that nothing is published to it or created in it any more. The caller's key goes last, so
 * that the caller can repeat an unfinished deletion.
 *
 * @throws UnavailableError if the time limit was too short; the next call continues
 */
export async function deleteProject(
  ports: DeleteProjectPorts,
  id: string,
  callersKey: string,
): Promise<void> {
  const { projects, authorities, clock, log, timeLimit } = ports;
  const until = clock() + timeLimit;
  const isDeleted = await retryConflicts(async () => {
    const project = await projects.get(id);
    if (project === null) return false;
    const days = Math.max(project.longestRetentionDays, LONGEST_KEPT_DAYS);
    // Its events may be older than its present retention, and another project of its id must not find them.
    await projects.delete(project, clock() + days * DAY_MS);
    return true;
  });
  if (isDeleted) log.info('project deleted', { project: id });
  // The rest follows from the deletion. If each step checked the caller's key again, they would be in each other's way.
  await authorities.without(() => removeContent(ports, id, callersKey, () => clock() < until));
}

async function removeContent(
  { projects, keys, subscriptions, eventTypes }: DeleteProjectPorts,
  id: string,
  callersKey: string,
  isInTime: () => boolean,
): Promise<void> {
  await removeEach(
    isInTime,
    (page) => keys.list(id, page),
    (key) => (key.id === callersKey ? undefined : keys.deleteUncounted(id, key.id)),
  );
  await removeEach(
    isInTime,
    (page) => subscriptions.list(id, page),
    (subscription) => unlessChanged(subscriptions.deleteUncounted(subscription)),
  );
  await removeEach(
    isInTime,
    (page) => eventTypes.list(id, page),
    ({ type }) => eventTypes.deleteUncounted(id, type),
  );
  await projects.forgetCounts(id);
  await keys.deleteUncounted(id, callersKey);
}

async function removeEach<Item>(
  isInTime: () => boolean,
  list: (page: PageRequest) => Promise<Page<Item>>,
  remove: (item: Item) => Promise<void> | undefined,
): Promise<void> {
  let cursor: string | null = null;
  do {
    if (!isInTime()) throw unfinished();
    const page: Page<Item> = await list({ limit: PER_STEP, cursor });
    await Promise.all(page.items.map(remove));
    cursor = page.cursor;
  } while (cursor !== null);
}

/** A delivery may change a subscription at the same time, say because its endpoint answered 410. */
async function unlessChanged(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    throw error instanceof ConflictError ? unfinished() : error;
  }
}

const unfinished = () =>
  new UnavailableError(
    'The project is deleted, but not yet everything in it. Send the request again to continue.',
  );
