import { wakeForArrivals } from '../flow/wake-for-arrivals.ts';
import { wakePump } from '../flow/wake-pump.ts';
import { type DeliveryMessage, readDeliveryMessage } from '../model/delivery-message.ts';
import { isRepeated, type QueueMessage, type Unhandled } from '../model/queue-message.ts';
import type { Receipts } from '../ports/receipts.ts';
import { notHandled } from '../receive/not-handled.ts';
import { attemptOrHold } from './attempt.ts';
import { attemptEventBatch } from './attempt-event-batch.ts';
import { attemptReplayed, attemptStored } from './attempt-stored.ts';
import { EarlyDeletion } from './early-deletion.ts';
import { endIfErased } from './end-erased.ts';
import { AttemptInvocation, type DeliverInvocation } from './invocation.ts';
import type { DeliverPorts } from './ports.ts';
import { workOffClaim } from './work-off-claim.ts';

/** Deliveries for the mailbox that arrive together share a write. */
const GATHER_MS = 20;
/**
 * The steps of one project's templates and conditions in one invocation, of which rendering 1 KB takes a few hundred: about a
 * third of a second. What exceeds it goes to the mailbox.
 */
const CODE_STEPS = 1_000_000;
/** A quarter of the function's memory. */
const MEMORY_BYTES = 128 * 1024 * 1024;

/**
 * Do what each message of the deliveries queue or the retries queue asks for, which is mostly an attempt. An endpoint's
 * failure is recorded and the next attempt scheduled. Return the messages that were not handled because of a fault of ours.
 *
 * @param until when every request must have ended, in milliseconds since the epoch; by default there is no such time
 */
export async function deliver(
  ports: DeliverPorts,
  messages: readonly QueueMessage[],
  receipts: Pick<Receipts, 'delete'>,
  until = Number.POSITIVE_INFINITY,
): Promise<Unhandled[]> {
  const invocation: DeliverInvocation = new AttemptInvocation(ports, {
    gatherMs: GATHER_MS,
    until,
    codeSteps: CODE_STEPS,
    memoryBytes: MEMORY_BYTES,
    wake: (entries) => wakeForArrivals(ports, entries),
  });
  const early = new EarlyDeletion(invocation, receipts);
  try {
    const unhandled = await Promise.all(
      messages.map(async (message) => {
        const failed = await tryHandle(invocation, message);
        if (failed.length === 0) early.add(message.id);
        return failed;
      }),
    );
    await invocation.end();
    return unhandled.flat();
  } finally {
    await early.end();
    invocation.sender.close();
  }
}

/** Handle a message. Return it if it was not handled. */
async function tryHandle(invocation: DeliverInvocation, message: QueueMessage): Promise<Unhandled[]> {
  const { log } = invocation.ports;
  let content: DeliveryMessage;
  try {
    content = readDeliveryMessage(message.body);
  } catch (error) {
    return notHandled(log, message, { why: 'never', error });
  }
  try {
    if (isRepeated(message)) await wakeAfterCrash(invocation, content);
    await handle(invocation, content);
    return [];
  } catch (error) {
    return notHandled(log, message, { why: 'fault', ...idsOf(content), error });
  }
}

/**
 * Whoever died with the message may have put something into a mailbox without waking its pump. Woken first, because this
 * handling may die as well.
 */
async function wakeAfterCrash({ ports }: DeliverInvocation, message: DeliveryMessage): Promise<void> {
  if (message.kind === 'claim') return;
  const { project, subscriptionId } = ownerOf(message);
  await wakePump(ports, project, subscriptionId, ports.clock());
}

async function handle(invocation: DeliverInvocation, message: DeliveryMessage): Promise<void> {
  switch (message.kind) {
    case 'delivery':
      if (await endIfErased(invocation, message.delivery)) return;
      return attemptOrHold(invocation, message.delivery);
    case 'event-batch':
      return attemptEventBatch(invocation, message);
    case 'replay':
      return attemptReplayed(invocation, message.replayed);
    case 'stored':
      return attemptStored(invocation, { ...message.stored, number: 1 });
    case 'claim':
      return workOffClaim(invocation, message.claim);
  }
}

function ownerOf(message: Exclude<DeliveryMessage, { kind: 'claim' }>) {
  if (message.kind === 'delivery') return message.delivery;
  if (message.kind === 'stored') return message.stored;
  return message.kind === 'replay' ? message.replayed : message;
}

/** Return the ids by which the log names a message. */
function idsOf(message: DeliveryMessage): Readonly<Record<string, unknown>> {
  switch (message.kind) {
    case 'delivery': {
      const { project, event, subscriptionId, number, replay } = message.delivery;
      return { project, eventId: event.id, subscriptionId, number, replayId: replay?.id };
    }
    case 'event-batch': {
      const { project, eventBatch: lot, subscriptionId, events } = message;
      return { project, lot, subscriptionId, eventIds: events.map(({ id }) => id) };
    }
    case 'replay': {
      const { project, eventId, subscriptionId, id: replayId } = message.replayed;
      return { project, eventId, subscriptionId, replayId };
    }
    case 'stored': {
      const { project, eventId, subscriptionId } = message.stored;
      return { project, eventId, subscriptionId, number: 1 };
    }
    case 'claim':
      return { item: message.claim.key };
  }
}
