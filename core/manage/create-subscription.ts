import type { NewSubscription } from '../api-schemas/subscription.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError } from '../kernel/errors.ts';
import { newSeed } from '../model/creation-seed.ts';
import { unmaskHeaders } from '../model/header-mask.ts';
import type { DialectSettings, Subscription } from '../model/subscription.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { newSubscription, subscriptionId } from './new-subscription.ts';
import { refuseLongerSchedule } from './retention.ts';

export interface CreateSubscriptionPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'create'>;
  /** How many subscriptions a project may have. */
  readonly maxSubscriptionsPerProject: number;
  readonly clock: Clock;
}

/**
 * Create a subscription, or return the one that an earlier try from the same seed created.
 *
 * @throws ValidationError if the value of a header is a mask
 * @throws ConflictError if its alias is the alias or the id of another subscription
 * @throws LimitReachedError if the project has as many subscriptions as it may have
 */
export async function createSubscription(
  { projects, subscriptions, maxSubscriptionsPerProject, clock }: CreateSubscriptionPorts,
  project: string,
  given: NewSubscription,
  dialect: Partial<DialectSettings> = {},
  seed = newSeed(clock()),
): Promise<Subscription> {
  const created = seed.resumed ? await subscriptions.get(project, subscriptionId(seed)) : null;
  if (created !== null) return created;
  const { alias = null } = dialect;
  if (alias !== null && (await subscriptions.get(project, alias)) !== null)
    throw new ConflictError(`"${alias}" is the id of another subscription.`);
  const headers = unmaskHeaders(given.headers ?? {}, {});
  const subscription = newSubscription(project, { ...given, headers }, dialect, seed);
  await refuseLongerSchedule(projects, project, subscription.retry);
  await subscriptions.create(subscription, maxSubscriptionsPerProject);
  return subscription;
}
