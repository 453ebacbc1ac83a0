import type { WaitingDelivery, WaitingKey } from '../model/waiting-delivery.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Mailbox } from '../ports/mailbox.ts';

export interface CountedMailboxPorts {
  readonly mailbox: Pick<Mailbox, 'write'>;
  readonly flows: Pick<FlowStore, 'addHeld'>;
  readonly log: Logger;
}

/**
 * Return the writes to mailboxes, which count roughly what waits: once for each subscription of a write, after it. An entry that is put
 * twice counts twice until the pump finds the mailbox empty. A count that cannot be written is dropped.
 */
export function countedMailbox({ mailbox, flows, log }: CountedMailboxPorts): Pick<Mailbox, 'write'> {
  return {
    async write(put, remove = []) {
      await mailbox.write(put, remove);
      const counts = [...changesOf(put, remove)].map(async ([subscriptionId, by]) => {
        try {
          if (by !== 0) await flows.addHeld(subscriptionId, by);
        } catch (error) {
          log.warn('held deliveries not counted', { subscriptionId, by, error });
        }
      });
      await Promise.all(counts);
    },
  };
}

/** Return by how many entries each subscription's mailbox grows. */
function changesOf(put: readonly WaitingDelivery[], remove: readonly WaitingKey[]): Map<string, number> {
  const changes = new Map<string, number>();
  const add = ({ subscriptionId }: Pick<WaitingKey, 'subscriptionId'>, by: number) =>
    changes.set(subscriptionId, (changes.get(subscriptionId) ?? 0) + by);
  for (const entry of put) add(entry, 1);
  for (const key of remove) add(key, -1);
  return changes;
}
