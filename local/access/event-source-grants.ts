import { LocalStackError } from '../errors.ts';
import type { EventSource } from '../queues/event-source.ts';
import { denialOf } from './policy.ts';
import type { Roles } from './roles.ts';

/**
 * Actions on a queue that Lambda performs with the role of the function that the queue invokes:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const POLLER_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

/**
 * Check that the roles of the functions allow Lambda to poll their queues. Lambda rejects an event source mapping
 * otherwise.
 *
 * @throws LocalStackError if a permission is missing
 */
export function checkEventSourceGrants(
  sources: readonly Pick<EventSource, 'functionName' | 'queueArn'>[],
  roles: Roles,
): void {
  for (const { functionName, queueArn: resource } of sources) {
    const statements = roles.get(functionName)?.statements ?? [];
    const missing = POLLER_ACTIONS.find((action) => denialOf(statements, { action, resource }) !== null);
    if (missing !== undefined)
      throw new LocalStackError(
        `Lambda would reject the event source ${resource} of ${functionName}: its role does not have permissions to call ${missing}`,
      );
  }
}
