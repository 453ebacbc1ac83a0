import type { Clock } from '../kernel/clock.ts';
import { ConflictError, UnavailableError } from '../kernel/errors.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface DeleteProjectDependencies {
  readonly projects: Pick<ProjectStore, 'get' | 'delete'>;
  readonly keys: Pick<KeyStore, 'list' | 'delete'>;
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'delete'>;
  readonly eventTypes: Pick<EventTypeStore, 'list' | 'delete'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds after which a call leaves the rest to the next one. */
  readonly timeLimit: number;
}

const DAY_MS = 86_400_000;
/** Deleted at once. */
const PER_STEP = 20;

/**
 * Deletes projects. The project itself goes first, so nothing is published to it or made in it any more; then its keys
 * but the one that is used here, its subscriptions, its event types, and that key at last, so that whoever deletes can
 * go on deleting. Its events expire when they would have, and until then there may be no other project of its id: it
 * would find them.
 *
 * @throws UnavailableError if there was more than the time allowed; deleting it again goes on
 */
export function deleteProject(dependencies: DeleteProjectDependencies) {
  const { projects, keys, subscriptions, eventTypes, clock, log, timeLimit } = dependencies;
  return async (id: string, callersKey: string): Promise<void> => {
    const until = clock() + timeLimit;
    const project = await projects.get(id);
    if (project !== null) {
      await projects.delete(project, clock() + project.retentionDays * DAY_MS);
      log.info('project deleted', { project: id });
    }
    const isInTime = () => clock() < until;
    await removeEach(
      isInTime,
      (page) => keys.list(id, page),
      (key) => (key.id === callersKey ? undefined : keys.delete(id, key.id)),
    );
    await removeEach(
      isInTime,
      (page) => subscriptions.list(id, page),
      (subscription) => unlessChanged(subscriptions.delete(subscription)),
    );
    await removeEach(
      isInTime,
      (page) => eventTypes.list(id, page),
      ({ type }) => eventTypes.delete(id, type),
    );
    await keys.delete(id, callersKey);
  };
}

async function removeEach<Item>(
  isInTime: () => boolean,
  list: (page: PageRequest) => Promise<Page<Item>>,
  remove: (item: Item) => Promise<void> | undefined,
): Promise<void> {
  let cursor: string | null = null;
  do {
    if (!isInTime()) throw notAllGone();
    const page: Page<Item> = await list({ limit: PER_STEP, cursor });
    await Promise.all(page.items.map(remove));
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Its endpoint may have ended it just now. */
async function unlessChanged(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    throw error instanceof ConflictError ? notAllGone() : error;
  }
}

const notAllGone = () =>
  new UnavailableError(
    'The project is deleted, and not all that it had is gone yet. Send the request again.',
  );
