import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { inject } from 'vitest';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { exchangeCounts } from '../../core/adapters/dynamodb/exchange-counts.ts';
import { fanOutPositions } from '../../core/adapters/dynamodb/fan-out-positions.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { unhealthyRepair } from '../../core/adapters/dynamodb/unhealthy-repair.ts';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { receiptsOf } from '../../core/adapters/sqs/receipts.ts';
import { LANES, PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import { FullExchanges } from '../../core/deliver/full-exchanges.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { cached } from '../../core/kernel/cache.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { CALLED_AGAIN_MS } from '../../core/ports/due-work-store.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import { propagation } from '../../core/ports/tracer.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { deliverHandler } from '../../lambdas/deliver/handler.ts';
import { fanOutHandler } from '../../lambdas/fan-out/handler.ts';
import type { FunctionLog } from '../../lambdas/middleware/log.ts';
import { pumpHandler } from '../../lambdas/pump/handler.ts';
import { sweepHandler } from '../../lambdas/sweep/handler.ts';
import { DEVELOPER_ID } from '../../local/access/access.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import { ensureQueues } from '../../local/engines/queues.ts';
import { readFunctions } from '../../local/functions/function-definition.ts';
import { readEventSources } from '../../local/queues/event-source.ts';
import { QueuePoller } from '../../local/queues/queue-poller.ts';
import { referentsOf } from '../../local/referents.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { readTemplate } from '../../local/template.ts';
import { Random } from '../simulation/random.ts';
import { startTable } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { type FaultRates, Faults } from '../support/faults.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { silentLog } from '../support/in-memory/log.ts';
import { silentMetrics } from '../support/in-memory/metrics.ts';
import { UNLIMITED } from '../support/in-memory/rate.ts';
import { projectRecord } from '../support/records.ts';
import { dueEntries } from '../support/waiting.ts';

/** The sweeper's two minutes, and a second more. */
const LOOK_AHEAD_MS = 121_000;

/** What the table or the function's log says of an attempt. */
export type ToldAttempt = Pick<
  Attempt,
  'eventId' | 'subscriptionId' | 'number' | 'outcome' | 'nextAttemptAt'
>;

type Lane = (typeof LANES)[number];
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/**
 * The functions' handlers over the real adapters and the embedded engines, fed by the template's pollers, with faults
 * in the clients and a clock that can be moved on. `batchAgain`: a function did its work, and dies as it answers.
 */
export async function startFaultyPipeline(seed: number, rates: FaultRates & { readonly batchAgain: number }) {
  const random = new Random(seed);
  const faults = new Faults(random, rates);
  const time = { ahead: 0 };
  const clock = () => Date.now() + time.ahead;
  const errors: { message: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const log: FunctionLog = {
    ...silentLog,
    error: (message, fields) => errors.push({ message, fields }),
  };

  const { table, stop: stopTable } = await startTable(clock);
  const engine = await startFauxqs(undefined);
  const template = readTemplate(inject('cdkOut'));
  const referents = referentsOf(template, {
    endpoints: { sqs: engine.endpoint, http: '' },
    stackUuid: 'uuid',
  });
  const urls = await ensureQueues(engine, template, referents);
  const urlOf = (queue: Lane | `${Lane}-dead-letter`) => urls[`ancrage-local-${queue}-queue`] as string;
  const newClient = () =>
    withoutWaits(
      new SQSClient({ endpoint: engine.endpoint, region: REGION, credentials: { ...CREDENTIALS } }),
    );
  const sqs = newClient();
  const queue = (name: Lane) => messageQueue(sqs, urlOf(name), log);

  /** Send without a delay, for which the tests would wait for minutes. */
  const sendNow = (name: Lane): MessageQueue => ({
    send: (messages) => queue(name).send(messages.map(({ delaySeconds: _, ...message }) => message)),
  });

  /** Return the ports of `core/receive`. */
  const receiving = (name: Lane) => ({
    openReceipts: (queueArn: string, handles: ReadonlyMap<string, string>) =>
      receiptsOf(sqs, urlOf(queueArn.replace(/^.*ancrage-local-(.*)-queue$/, '$1') as Lane), handles, log),
    copiesQueue: sendNow(name),
    random: () => random.next(),
  });

  const projects = projectStore(table);
  const subscriptions = subscriptionStore(table);
  const events = eventStore(table);
  const attempts = attemptLog(
    table,
    new FullExchanges({
      exchangeCounts: exchangeCounts(table),
      limits: { loggedMegabytesPerDay: 100 },
      clock,
      log,
    }),
  );
  const dueWork = dueWorkStore(table);
  const cachedSubscriptions = cached(subscriptions.get, { maxAgeMs: 200, maxBytes: 1e7, clock });
  const attemptPorts = {
    subscriptions,
    cachedSubscriptions,
    projects,
    flows: flowStore(table),
    mailbox: mailbox(table),
    jobs: replayJobStore(table),
    events,
    attemptLog: attempts,
    attemptDigests: attemptDigests(table),
    trafficStore: trafficStore(table),
    internalQueue: queue('internal'),
    pumpsQueue: pumpQueue(queue('pumps')),
    senders: guardedSenders({ ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true }),
    stackKey: 'uuid',
    clock,
    random: () => random.next(),
    log,
    metrics: silentMetrics,
    tracer: propagation,
  };
  const handlers: Record<string, (event: SQSEvent, context: Context) => Promise<unknown>> = {
    'fan-out': fanOutHandler({
      ...receiving('internal'),
      projects: cached(projects.get, { maxAgeMs: 60_000, maxBytes: 1e7, clock }),
      events,
      positions: fanOutPositions(table),
      bodies: inMemoryBodies(),
      writeFormat: 2 as const,
      rate: UNLIMITED,
      validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
      bindings: bindingStore(table),
      cachedSubscriptions,
      deliveriesQueue: deliveryQueue(queue('deliveries')),
      retriesQueue: deliveryQueue(queue('retries')),
      internalQueue: sendNow('internal'),
      deadLetterQueues: {
        events: messageQueue(sqs, urlOf('events-dead-letter'), log),
        internal: messageQueue(sqs, urlOf('internal-dead-letter'), log),
      },
      internalQueueName: 'ancrage-local-internal-queue',
      ownRoleIds: new Set([DEVELOPER_ID]),
      stackKey: 'uuid',
      clock,
      log,
      metrics: silentMetrics,
      tracer: propagation,
      defaultProject: undefined,
      // So few that continuations go through the faults, too.
      deliveriesPerStep: 2,
    }),
    deliver: deliverHandler({
      ...attemptPorts,
      ...receiving('retries'),
      evidence: new EvidenceBook(clock),
      bindings: bindingStore(table),
      erasures: erasureStore(table),
      parked: parkedDeliveries(table),
      dueWork,
      retriesQueue: deliveryQueue(queue('retries')),
    }),
    pump: pumpHandler({ ...attemptPorts, ...receiving('pumps'), evidence: new EvidenceBook(clock) }),
  };
  const sweep = sweepHandler({
    dueWork,
    unhealthyRepair: unhealthyRepair(table),
    retriesQueue: deliveryQueue(queue('retries')),
    pumpsQueue: pumpQueue(queue('pumps')),
    clock,
    log,
    metrics: silentMetrics,
  });
  const context = { getRemainingTimeInMillis: () => 55_000 } as Context;

  await projects.create(projectRecord({ id: 'erp' }), []);
  faults.ofTable(table.client);
  faults.ofQueues(sqs);
  const host = {
    async invoke(name: string, event: unknown): Promise<unknown> {
      const answer = await handlers[name]?.(event as SQSEvent, context);
      if (random.chance(rates.batchAgain)) throw new Error('The function died as it answered.');
      return answer;
    },
  };
  const sources = readEventSources(template, referents, readFunctions(template, referents), engine.endpoint);
  const pollerClient = newClient();
  const pollers = sources.map(
    (source) =>
      new QueuePoller(source, { client: pollerClient, deadlines: engine.deadlines }, host, () => {}),
  );
  for (const poller of pollers) poller.start();

  const depth = async (name: Parameters<typeof urlOf>[0]): Promise<number> => {
    const { Attributes } = await engine.client.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: [...COUNTS] }),
    );
    return COUNTS.reduce((sum, count) => sum + Number(Attributes?.[count]), 0);
  };
  const idle = () =>
    eventually('the queues are empty', async () => {
      // Twice: a message may have moved to a queue that was looked at already.
      for (const lanes of [LANES, LANES]) {
        const depths = await Promise.all(lanes.map(depth));
        if (depths.some((count) => count > 0)) throw new Error(`${depths.join(', ')} messages`);
      }
    });

  /** As an operator does once the cause is gone. Answers how many there were. */
  const redrive = async (lane: Lane): Promise<number> => {
    for (let moved = 0; ; ) {
      const from = { QueueUrl: urlOf(`${lane}-dead-letter`) };
      const { Messages = [] } = await engine.client.send(
        new ReceiveMessageCommand({ ...from, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) return moved;
      for (const { Body, MessageAttributes, ReceiptHandle } of Messages) {
        const reason = MessageAttributes?.reason?.StringValue;
        if (reason !== undefined && !reason.startsWith('The event could not be fanned out'))
          throw new Error(`A message was refused: ${reason}`);
        await engine.client.send(
          new SendMessageCommand({
            QueueUrl: urlOf(lane === 'events' ? 'internal' : lane),
            MessageBody: Body,
            MessageAttributes,
          }),
        );
        await engine.client.send(new DeleteMessageCommand({ ...from, ReceiptHandle }));
        moved++;
      }
    }
  };

  /**
   * The next time at which something is due and nothing more in the two minutes after it, by which the sweeper looks
   * ahead: that would be sent with a delay, and really be waited for. Null if nothing is.
   */
  const nextLull = () =>
    faults.pausedFor(async () => {
      const entries = await dueEntries(dueWork, Number.MAX_SAFE_INTEGER);
      const times = entries.map(({ dueAt }) => dueAt);
      const [first, ...others] = times.toSorted((x, y) => x - y);
      if (first === undefined) return null;
      return others.reduce((lull, dueAt) => (dueAt <= lull + LOOK_AHEAD_MS ? dueAt : lull), first);
    });

  return {
    clock,
    errors,
    faults,
    subscribe: (subscription: Subscription) => faults.pausedFor(() => subscriptions.create(subscription)),
    publish: (event: object) =>
      engine.client.send(
        new SendMessageCommand({
          QueueUrl: urlOf('events'),
          MessageBody: JSON.stringify({ project: 'erp', ...event }),
        }),
      ),

    /** Lets time pass until nothing waits anywhere. Answers how often messages came back from dead-letter queues. */
    async settle(): Promise<{ redriven: number; sweeps: number }> {
      let redriven = 0;
      for (let sweeps = 0; ; sweeps++) {
        await idle();
        const moved = await Promise.all(LANES.map(redrive));
        redriven += moved.reduce((sum, count) => sum + count, 0);
        if (redriven > 0) await idle();
        const dueAt = await nextLull();
        if (dueAt === null && moved.every((count) => count === 0)) return { redriven, sweeps };
        // A call that was delayed came too early, or was lost; the sweeper repeats none for so long.
        time.ahead = Math.max(dueAt ?? 0, clock()) + CALLED_AGAIN_MS + 1000 - Date.now();
        await sweep({}, context);
      }
    },

    /** All of a subscription, newest first, with those that are in the function's log in place of the table. */
    async attemptsOf(subscriptionId: string): Promise<ToldAttempt[]> {
      const logged = errors
        .filter(({ message }) => message === 'attempt not recorded')
        .map(({ fields }) => fields as unknown as ToldAttempt)
        .filter((attempt) => attempt.subscriptionId === subscriptionId);
      return faults.pausedFor(async () => {
        const recorded: ToldAttempt[] = [];
        let cursor: string | null = null;
        do {
          const page = await attempts.ofSubscription(subscriptionId, { limit: 100, cursor });
          recorded.push(...page.items);
          cursor = page.cursor;
        } while (cursor !== null);
        return [...recorded, ...logged];
      });
    },

    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
      sqs.destroy();
      pollerClient.destroy();
      await engine.stop();
      await stopTable();
    },
  };
}

/** Members of requests that delay a message. */
const WAITS = ['VisibilityTimeout', 'DelaySeconds'];
/** Seconds that are worth waiting for. */
const SHORT = 2;

/**
 * Make SQS show messages at once: delayed messages, and failed ones, which a poller otherwise hides for a second. The
 * pipeline does not depend on those delays, because its clock can be moved.
 */
function withoutWaits(client: SQSClient): SQSClient {
  client.middlewareStack.add(
    (next) => (args) => {
      const { Entries, ...input } = args.input as { Entries?: object[] };
      if (Entries === undefined) return next(args);
      const entries = Entries.map((entry) =>
        Object.fromEntries(
          Object.entries(entry).map(([name, value]) => [name, isWait(name, value) ? 0 : value]),
        ),
      );
      return next({ ...args, input: { ...input, Entries: entries } as typeof args.input });
    },
    { step: 'initialize', name: 'withoutWaits' },
  );
  return client;
}

const isWait = (name: string, value: unknown): boolean =>
  WAITS.includes(name) && !(name === 'DelaySeconds' && Number(value) <= SHORT);
