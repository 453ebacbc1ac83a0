import { deliveryQueue } from '../../../core/adapters/sqs/delivery-queue.ts';
import { pumpQueue } from '../../../core/adapters/sqs/pump-queue.ts';
import { type LANES, MAX_EVENT_RECEIVES, MAX_RECEIVES } from '../../../core/contract.ts';
import { deliver } from '../../../core/deliver/deliver.ts';
import type { DeliverPorts } from '../../../core/deliver/ports.ts';
import { fanOut } from '../../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../../core/fan-out/ports.ts';
import { EvidenceBook } from '../../../core/flow/evidence-book.ts';
import { cached } from '../../../core/kernel/cache.ts';
import type { FlowMode } from '../../../core/model/flow.ts';
import type { QueueMessage, Unhandled } from '../../../core/model/queue-message.ts';
import type { Subscription } from '../../../core/model/subscription.ts';
import type { Receipts } from '../../../core/ports/receipts.ts';
import { propagation } from '../../../core/ports/tracer.ts';
import { EventValidator } from '../../../core/publish/validate-event.ts';
import type { PumpPorts } from '../../../core/pump/ports.ts';
import { pump } from '../../../core/pump/pump.ts';
import { receive } from '../../../core/receive/receive.ts';
import { type SweepPorts, sweep } from '../../../core/sweep/sweep.ts';
import { inMemoryBodies } from '../../support/in-memory/large-bodies.ts';
import { UNLIMITED } from '../../support/in-memory/rate.ts';
import type { FairQueue } from './fair-queue.ts';
import type { FunctionCopy } from './function-copy.ts';
import type { Handler } from './lane.ts';
import { NETWORK, QUEUES } from './table.ts';
import type { World } from './world.ts';

/** The parts that a broken variant replaces, to show that a scenario catches it. */
export interface Variant {
  readonly fanOut?: (ports: FanOutPorts, world: World) => FanOutPorts;
  readonly deliver?: (ports: DeliverPorts, world: World) => DeliverPorts;
  readonly pump?: (ports: PumpPorts, world: World) => PumpPorts;
  readonly receive?: typeof receive;
  readonly sweep?: (ports: SweepPorts, world: World) => SweepPorts;
}

/** Return how the engine sends to a subscription. */
export const modeOf = ({ flow }: Subscription): FlowMode => flow.mode;

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

/** The code that the functions have. */
export interface Deployment {
  /** Create the function of a queue in a new copy. */
  readonly create: (name: LaneName, copy: FunctionCopy) => Handler;
  /** Return the ports as the sweeper's code sees them. */
  readonly sweep: (ports: SweepPorts) => SweepPorts;
}

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
  events: fanOuterOf('events'),
  internal: fanOuterOf('internal'),
  deliveries: DELIVER,
  retries: DELIVER,
  pumps: { memoryMb: 1769, timeoutMs: 75_000, maxReceives: MAX_RECEIVES, create: pumper },
};

const CACHE_MS = 10_000;

/** Its timeout less the time that a step may take. */
const FAN_OUT_MS = 20_000;

function fanOuterOf(lane: 'events' | 'internal'): LaneFunction {
  const create: LaneFunction['create'] = (world, copy) => fanOuter(lane, world, copy);
  return { memoryMb: 1024, timeoutMs: 30_000, maxReceives: MAX_EVENT_RECEIVES, create };
}

function fanOuter(lane: 'events' | 'internal', world: World, copy: FunctionCopy): Handler {
  const { stores, table, queues, time, internalQueue } = world;
  const { get } = copy.through(stores.subscriptions, table);
  const ports: FanOutPorts = {
    projects: cachedFor(60_000, copy.through(stores.projects, table).get, world),
    events: copy.through(stores.events, table),
    positions: copy.through(stores.positions, table),
    bodies: inMemoryBodies(),
    writeFormat: 2 as const,
    rate: UNLIMITED,
    validator: new EventValidator({ eventTypes: stores.eventTypes, clock: time.clock }),
    bindings: copy.through(stores.bindings, table),
    cachedSubscriptions: cachedFor(CACHE_MS, get, world),
    clock: time.clock,
    deliveriesQueue: deliveryQueue(copy.through(queues.deliveries, QUEUES)),
    retriesQueue: deliveryQueue(copy.through(queues.retries, QUEUES)),
    internalQueue: copy.through(internalQueue, QUEUES),
    deadLetterQueue: copy.through(queues[lane].asDeadLetterQueue(), QUEUES),
    stackKey: 'uuid',
    log: world.log,
    metrics: world.metrics,
    tracer: propagation,
    defaultProject: undefined,
    deliveriesPerStep: world.deliveriesPerStep,
  };
  const given = world.variant.fanOut?.(ports, world) ?? ports;
  return receiving(world, copy, internalQueue, (messages) => fanOut(given, messages, time.now + FAN_OUT_MS));
}

function deliverer(world: World, copy: FunctionCopy): Handler {
  const { stores, table, queues } = world;
  const shared = attempter(world, copy);
  const ports: DeliverPorts = {
    ...shared,
    attemptLog: copy.through(stores.attemptLog, table),
    bindings: copy.through(stores.bindings, table),
    erasures: {
      ...stores.erasures,
      latest: cachedFor(CACHE_MS, copy.through(stores.erasures, table).latest, world).get,
    },
    mailbox: copy.through(stores.mailbox, table),
    parked: copy.through(stores.parked, table),
    dueWork: copy.through(stores.dueWork, table),
    jobs: copy.through(stores.jobs, table),
    retriesQueue: deliveryQueue(copy.through(queues.retries, QUEUES)),
  };
  const given = world.variant.deliver?.(ports, world) ?? ports;
  return receiving(world, copy, queues.retries, (messages, receipts) => deliver(given, messages, receipts));
}

function pumper(world: World, copy: FunctionCopy): Handler {
  const { stores, table, queues } = world;
  const ports: PumpPorts = {
    ...attempter(world, copy),
    mailbox: copy.through(stores.mailbox, table),
    flows: copy.through(stores.flows, table),
    events: copy.through(stores.events, table),
    attemptLog: copy.through(stores.attemptLog, table),
    jobs: copy.through(stores.jobs, table),
  };
  const given = world.variant.pump?.(ports, world) ?? ports;
  return receiving(world, copy, queues.pumps, (messages) => pump(given, messages));
}

/** Return the handler of a function, as `lambdas/middleware/queue-worker.ts` does. */
function receiving(
  { time, random, log, kills, variant }: World,
  copy: FunctionCopy,
  copiesQueue: FairQueue,
  handle: (messages: readonly QueueMessage[], receipts: Receipts) => Promise<readonly Unhandled[]>,
): Handler {
  return (messages, given) => {
    const receipts: Receipts = {
      async delete(ids) {
        for (const id of ids) given.delete(id);
      },
      async postpone(some) {
        for (const { id, seconds } of some) given.postpone(id, 1000 * seconds);
      },
    };
    const ports = {
      receipts: copy.through(receipts, QUEUES),
      copiesQueue: copy.through(copiesQueue, QUEUES),
      ...{ clock: time.clock, random: () => random.next(), log },
    };
    return (variant.receive ?? receive)(ports, messages, async (some) => {
      const handled = handle(some, ports.receipts);
      if (!some.some(({ body }) => kills(body))) return handled;
      // It may have done some of its work by then.
      await time.sleep(random.integer(100));
      copy.kill();
      return new Promise(() => {});
    });
  };
}

function attempter(world: World, copy: FunctionCopy) {
  const { stores, table, queues, internalQueue, time, random } = world;
  const subscriptions = copy.through(stores.subscriptions, table);
  const sender = copy.through(world.receiver.sender(), NETWORK);
  return {
    subscriptions,
    cachedSubscriptions: cachedFor(CACHE_MS, subscriptions.get, world),
    projects: cachedFor(CACHE_MS, copy.through(stores.projects, table).get, world),
    flows: copy.through(stores.flows, table),
    evidence: new EvidenceBook(time.clock),
    events: copy.through(stores.events, table),
    attemptLog: copy.through(stores.attemptLog, table),
    attemptDigests: copy.through(stores.attemptDigests, table),
    trafficStore: copy.through(stores.trafficStore, table),
    senders: { open: () => ({ send: sender.send, close: () => {} }) },
    stackKey: 'uuid',
    internalQueue: copy.through(internalQueue, QUEUES),
    pumpsQueue: pumpQueue(copy.through(queues.pumps, QUEUES)),
    clock: time.clock,
    random: () => random.next(),
    log: world.log,
    metrics: world.metrics,
    tracer: propagation,
  };
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
    pumpsQueue: pumpQueue(copy.through(queues.pumps, QUEUES)),
    clock: time.clock,
    log: world.log,
    metrics: world.metrics,
  };
  const deployed = world.deployment.sweep(ports);
  await sweep(world.variant.sweep?.(deployed, world) ?? deployed, time.now + SWEEP_MS);
}

const cachedFor = <Key extends [owner: string, ...others: string[]], Value>(
  maxAgeMs: number,
  load: (...key: Key) => Promise<Value>,
  { time }: World,
) => cached(load, { maxAgeMs, maxBytes: 64 * 1024 * 1024, clock: time.clock });
