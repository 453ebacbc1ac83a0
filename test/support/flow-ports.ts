import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import type { FlowPorts } from '../../core/flow/ports.ts';
import { cached } from '../../core/kernel/cache.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { recordedMetrics } from './in-memory/metrics.ts';
import { inMemoryPipeline, takeAll } from './pipeline.ts';
import { subscriptionRecord } from './records.ts';

/** Create the ports of the flow control over in-memory stores, with a subscription. */
export async function openFlow(given: Partial<Subscription> = {}) {
  const pipeline = inMemoryPipeline();
  const { clock, subscriptions, flows } = pipeline;
  const { metrics, counts } = recordedMetrics();
  const subscription = subscriptionRecord(given);
  await subscriptions.create(subscription);
  const ports: FlowPorts = {
    ...pipeline,
    metrics,
    random: () => 0.5,
    evidence: new EvidenceBook(clock),
    cachedSubscriptions: cached(subscriptions.get.bind(subscriptions), {
      clock,
      maxAgeMs: 10_000,
      maxBytes: 1e7,
    }),
    internalQueue: pipeline.internalQueue.queue,
    pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue),
  };
  const { id, project } = subscription;
  return {
    pipeline,
    ports,
    subscription,
    counts,
    stored: () => subscriptions.get(project, id),
    item: () => flows.get(id),
    /** Take the messages for the pump, and return how many there were. */
    called: () => takeAll(pipeline.pumpsQueue).length,
    logged: (text: string) => pipeline.lines.filter(({ message }) => message === text),
  };
}
