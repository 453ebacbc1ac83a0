import type { EventChoice } from '../api-schemas/test-request.ts';
import { AttemptRecorder } from '../deliver/record-attempts.ts';
import { sendAttempt } from '../deliver/send-attempt.ts';
import { type WakePumpPorts, wakePump } from '../flow/wake-pump.ts';
import { found } from '../kernel/errors.ts';
import type { Attempt } from '../model/attempt.ts';
import type { Subscription } from '../model/subscription.ts';
import type { AttemptDigests } from '../ports/attempt-digests.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SenderPool } from '../ports/sender.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { propagation } from '../ports/tracer.ts';
import { type ChooseEventPorts, chooseTestEvent } from './choose-event.ts';
import { type LimitTestsPorts, withinTestLimits } from './limit-tests.ts';

export interface SendTestPorts extends ChooseEventPorts, WakePumpPorts, LimitTestsPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly flows: Pick<FlowStore, 'change' | 'wake'>;
  readonly attemptLog: Pick<AttemptLog, 'record'>;
  readonly attemptDigests: Pick<AttemptDigests, 'write'>;
  readonly clock: ChooseEventPorts['clock'];
  readonly senders: SenderPool;
  readonly log: Logger;
}

/** An HTTP API of AWS responds within 30 s, whatever a subscription's own deadline is. */
const MAX_MS = 25_000;

/** Tests are not counted in the metrics. */
const NO_METRICS: Metrics = { count: () => {}, measure: () => {} };

/**
 * Send a test request, whatever the endpoint's mode says, and whatever the condition says of a made-up event. It is in the request
 * log, but does not count against the endpoint and is not retried. If it succeeds, a paused endpoint is probed at once; if nothing
 * waits to probe it with, its pause ends.
 *
 * @throws NotFoundError
 * @throws ConflictError if a published event was asked for that the subscription would not receive
 * @throws TooManyRequestsError if the subscription or its project has too many tests
 */
export async function sendTest(
  ports: SendTestPorts,
  project: string,
  id: string,
  choice: EventChoice,
): Promise<Attempt> {
  const until = ports.clock() + MAX_MS;
  const subscription = found(await ports.subscriptions.get(project, id), 'subscription', id);
  return withinTestLimits(ports, project, id, () => attemptTest(ports, subscription, choice, until));
}

async function attemptTest(
  ports: SendTestPorts,
  subscription: Subscription,
  choice: EventChoice,
  until: number,
): Promise<Attempt> {
  const { attemptLog, attemptDigests, flows, clock, log } = ports;
  const { project, id } = subscription;
  const event = await chooseTestEvent(ports, subscription, choice);
  const delivery = { project, subscriptionId: id, number: 1, trigger: 'test', event } as const;
  const sender = ports.senders.open(until - clock());
  try {
    const sent = await sendAttempt({ ...ports, sender, tracer: propagation }, subscription, delivery);
    const attempt = { ...sent.attempt, nextAttemptAt: null };
    const recorder = new AttemptRecorder({ attemptLog, attemptDigests, log, metrics: NO_METRICS });
    const sinceAcceptedMs = clock() - Date.parse(event.acceptedAt);
    recorder.add({ ...attempt, ...sent.record }, { follows: 'nothing', sinceAcceptedMs });
    await recorder.end();
    if (attempt.outcome === 'success' && subscription.flow.mode === 'paused') {
      await flows.change(project, id, (state) => ({ ...state, testedAt: clock() }));
      await wakePump(ports, project, id, clock());
    }
    return attempt;
  } finally {
    sender.close();
  }
}
