import { ConflictError } from '../kernel/errors.ts';
import { subscriptionDisabled } from '../model/operational-event.ts';
import { disabled, revise, type Subscription } from '../model/subscription.ts';
import { publishOperationalEvent } from '../publish/operational-events.ts';
import type { FlowPorts } from './ports.ts';

/**
 * Disable a subscription because of its endpoint: `gone` after a 410, `failing` after five days of failures. A 410 removes it
 * if its dialect says so. The project gets an operational event, and pending deliveries end when they fall due.
 *
 * @param since when the first of the failures was
 * @param hops those of the event that caused it
 * @returns false if the subscription was changed since it was read, and goes on: its new URL may work
 */
export async function disableSubscription(
  ports: FlowPorts,
  subscription: Subscription,
  reason: 'gone' | 'failing',
  since: string,
  hops = 0,
): Promise<boolean> {
  const { subscriptions, clock, log, metrics } = ports;
  const { project, id, version } = subscription;
  const current = await subscriptions.get(project, id);
  if (current === null || !current.enabled) return true;
  if (current.version !== version) return false;
  // Published first, with an id that a repetition shares: once it is disabled, nothing would publish the event.
  const event = subscriptionDisabled(id, version, reason, since);
  if (!(await publishOperationalEvent(ports, project, event, hops)))
    throw new Error('The event about the disabled subscription could not be published.');
  const remove = reason === 'gone' && subscription.onGone === 'remove';
  try {
    if (remove) await subscriptions.delete(current);
    else await subscriptions.update(current, revise(current, disabled(reason, clock()), clock()));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return (await subscriptions.get(project, id))?.enabled !== true;
  }
  const follows = remove ? 'removed' : 'disabled';
  log.warn('subscription ended', { project, subscriptionId: id, reason, follows });
  metrics.count('SubscriptionsDisabled');
  return true;
}
