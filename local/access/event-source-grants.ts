import { LocalStackError } from '../errors.ts';
import type { EventSource } from '../queues/event-source.ts';
import { refused } from './policy.ts';
import type { Roles } from './roles.ts';

/** What Lambda does to a queue with the role of the function that it feeds: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const POLLER_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

/**
 * Lambda does not set up an event source mapping whose role lets it not do its work.
 *
 * @throws LocalStackError
 */
export function refuseUnfitEventSources(
  sources: readonly Pick<EventSource, 'functionName' | 'queueArn'>[],
  roles: Roles,
): void {
  for (const { functionName, queueArn: resource } of sources) {
    const statements = roles.get(functionName)?.statements ?? [];
    const lacking = POLLER_ACTIONS.find((action) => refused(statements, { action, resource }) !== null);
    if (lacking !== undefined)
      throw new LocalStackError(
        `Lambda would not feed ${functionName} from ${resource}: its role does not have permissions to call ${lacking}`,
      );
  }
}
