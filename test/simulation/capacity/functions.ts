import { deliveryQueue } from '../../../core/adapters/sqs/delivery-queue.ts';
import { type LANES, MAX_EVENT_RECEIVES, MAX_RECEIVES } from '../../../core/contract.ts';
import { deliver } from '../../../core/deliver/deliver.ts';
import type { DeliverPorts } from '../../../core/deliver/ports.ts';
import { fanOut } from '../../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../../core/fan-out/ports.ts';
import { cached } from '../../../core/kernel/cache.ts';
import type { Subscription } from '../../../core/model/subscription.ts';
import { EventValidator } from '../../../core/publish/validate-event.ts';
import { type SweepPorts, sweep } from '../../../core/sweep/sweep.ts';
import type { FunctionCopy } from './function-copy.ts';
import type { Handler } from './lane.ts';
import { NETWORK, QUEUES } from './table.ts';
import type { World } from './world.ts';

/** The parts that a broken variant replaces, to show that a scenario catches it. */
export interface Variant {
  readonly fanOut?: (ports: FanOutPorts, world: World) => FanOutPorts;
  readonly deliver?: (ports: DeliverPorts, world: World) => DeliverPorts;
  readonly sweep?: (ports: SweepPorts, world: World) => SweepPorts;
}

export type FlowMode = 'direct' | 'paced' | 'paused';

/** Return how the engine sends to a subscription. */
export const modeOf = ({ health }: Subscription): FlowMode => (health.state === 'open' ? 'paused' : 'direct');

/** Limits that a subscriber sets. The engine that has no such settings ignores them. */
export interface FlowSettings {
  readonly rateLimit?: number;
  readonly maxInFlight?: number;
}

/** A function behind a queue. */
interface LaneFunction {
  /** Its share of a CPU. */
  readonly memoryMb: number;
  /** A message is visible again after six of its timeouts. */
  readonly timeoutMs: number;
  readonly maxReceives: number;
  /** Create the function in a new copy: its caches live as long as that. */
  readonly create: (world: World, copy: FunctionCopy) => Handler;
}

export type LaneName = (typeof LANES)[number];

const DELIVER: LaneFunction = {
  memoryMb: 512,
  timeoutMs: 60_000,
  maxReceives: MAX_RECEIVES,
  create: deliverer,
};

/**
 * The function of each queue, with the settings of `lib/constructs/pipeline.ts` and composed as `lambdas/*` does. This file is
 * the one place that knows which ports the engine has.
 */
export const FUNCTIONS: Readonly<Record<LaneName, LaneFunction>> = {
  events: { memoryMb: 1024, timeoutMs: 30_000, maxReceives: MAX_EVENT_RECEIVES, create: fanOuter },
  deliveries: DELIVER,
  retries: DELIVER,
};

const CACHE_MS = 10_000;

/** Its timeout less the time that a step may take. */
const FAN_OUT_MS = 20_000;

function fanOuter(world: World, copy: FunctionCopy): Handler {
  const { stores, table, queues, time } = world;
  const { get } = copy.through(stores.subscriptions, table);
  const ports: FanOutPorts = {
    projects: cachedFor(60_000, copy.through(stores.projects, table).get, world),
    events: copy.through(stores.events, table),
    validator: new EventValidator({ eventTypes: stores.eventTypes, clock: time.clock }),
    bindings: copy.through(stores.bindings, table),
    cachedSubscriptions: cachedFor(CACHE_MS, get, world),
    clock: time.clock,
    deliveriesQueue: deliveryQueue(copy.through(queues.deliveries, QUEUES)),
    retriesQueue: deliveryQueue(copy.through(queues.retries, QUEUES)),
    eventsQueue: copy.through(queues.events, QUEUES),
    deadLetterQueue: copy.through(queues.events.asDeadLetterQueue(), QUEUES),
    log: world.log,
    metrics: world.metrics,
    defaultProject: undefined,
    deliveriesPerStep: world.deliveriesPerStep,
  };
  const given = world.variant.fanOut?.(ports, world) ?? ports;
  return (messages) => fanOut(given, messages, time.now + FAN_OUT_MS);
}

function deliverer(world: World, copy: FunctionCopy): Handler {
  const { stores, table, queues, time, random } = world;
  const subscriptions = copy.through(stores.subscriptions, table);
  const sender = copy.through(world.receiver.sender(), NETWORK);
  const ports: DeliverPorts = {
    subscriptions,
    cachedSubscriptions: cachedFor(CACHE_MS, subscriptions.get, world),
    projects: cachedFor(CACHE_MS, copy.through(stores.projects, table).get, world),
    healthStore: copy.through(stores.health, table),
    events: copy.through(stores.events, table),
    attemptLog: copy.through(stores.attemptLog, table),
    parked: copy.through(stores.parked, table),
    dueWork: copy.through(stores.dueWork, table),
    breakers: copy.through(stores.breakers, table),
    jobs: copy.through(stores.jobs, table),
    trafficStore: copy.through(stores.trafficStore, table),
    senders: { open: () => ({ send: sender.send, close: () => {} }) },
    eventsQueue: copy.through(queues.events, QUEUES),
    retriesQueue: deliveryQueue(copy.through(queues.retries, QUEUES)),
    clock: time.clock,
    random: () => random.next(),
    log: world.log,
    metrics: world.metrics,
  };
  const given = world.variant.deliver?.(ports, world) ?? ports;
  return (messages) => deliver(given, messages);
}

/** The sweeper's timeout less the time that a page may take. */
const SWEEP_MS = 45_000;
export const SWEEP_MEMORY_MB = 256;

/** Run one sweep in a copy of its own. */
export async function runSweep(world: World, copy: FunctionCopy): Promise<void> {
  const { stores, queues, time } = world;
  const ports: SweepPorts = {
    dueWork: copy.through(stores.dueWork, world.table),
    retriesQueue: deliveryQueue(copy.through(queues.retries, QUEUES)),
    clock: time.clock,
    log: world.log,
    metrics: world.metrics,
  };
  await sweep(world.variant.sweep?.(ports, world) ?? ports, time.now + SWEEP_MS);
}

const cachedFor = <Key extends unknown[], Value>(
  maxAgeMs: number,
  load: (...key: Key) => Promise<Value>,
  { time }: World,
) => cached(load, { maxAgeMs, maxEntries: 5000, clock: time.clock });
