import { BATCH_SIZE, LANES } from '../../../core/contract.ts';
import type { Subscription } from '../../../core/model/subscription.ts';
import type { Logger } from '../../../core/ports/logger.ts';
import { stageConfig } from '../../../lib/config.ts';
import { recordedMetrics } from '../../support/in-memory/metrics.ts';
import { NOW, projectRecord, subscriptionRecord } from '../../support/records.ts';
import { Random } from '../random.ts';
import { BatchedTime } from './batched-time.ts';
import type { Endpoint } from './endpoints.ts';
import { FairQueue } from './fair-queue.ts';
import { FunctionCopy } from './function-copy.ts';
import {
  type Deployment,
  FUNCTIONS,
  type LaneName,
  modeOf,
  runSweep,
  SWEEP_MEMORY_MB,
  type Variant,
} from './functions.ts';
import { Lane, type LaneOptions } from './lane.ts';
import { Modes } from './modes.ts';
import { Receiver } from './receiver.ts';
import { simulatedStores } from './stores.ts';
import { Table, type TableSettings } from './table.ts';

export interface WorldOptions {
  /** @default the lanes of a production stage */
  readonly lanes?: Partial<Record<LaneName, LaneGiven>>;
  readonly table?: Partial<TableSettings>;
  /** How long the due index lists work that was claimed. @default 50 */
  readonly indexLagMs?: number;
  /** The probability that an invocation dies. @default 0 */
  readonly dies?: number;
  /** Whether a message kills its worker. @default none does */
  readonly kills?: (body: string) => boolean;
  /** The deliveries of one event that one invocation of fan-out makes. @default 500 */
  readonly deliveriesPerStep?: number;
  /** The formats that the functions write. With 1, the events queue takes their own messages. @default 2 */
  readonly writeFormat?: 1 | 2;
  /** Whether a log line is kept for the measures. @default none is */
  readonly keeps?: (line: LogLine) => boolean;
  /** How often the modes of watched subscriptions are sampled. @default 100 */
  readonly sampleMs?: number;
}

/** A lane's own settings. */
type LaneGiven = Partial<Pick<LaneOptions, 'concurrency' | 'warm' | 'dies' | 'mostCalls'>>;

interface LogLine {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A published event. */
export interface Published {
  readonly id: string;
  readonly project: string;
  readonly type: string;
  readonly orderingKey: string | undefined;
  readonly at: number;
}

const MINUTE = 60_000;

/**
 * A stage in virtual time: the real use cases in the copies of its functions, behind queues and over a table that behave as
 * AWS's do. Nothing fails unless a scenario says so: what is measured is how much it can take.
 */
export class World {
  readonly time = new BatchedTime(NOW);
  readonly random: Random;
  readonly variant: Variant;
  readonly deliveriesPerStep: number;
  readonly kills: (body: string) => boolean;
  readonly stores;
  readonly table: Table;
  readonly queues = forEachLane((name) => new FairQueue(name, this.time, FUNCTIONS[name].maxReceives));
  /** Takes the messages of our functions to fan-out. */
  readonly internalQueue: FairQueue;
  readonly lanes: Readonly<Record<LaneName, Lane>>;
  readonly published = new Map<string, Published>();
  readonly subscriptions = new Map<string, Subscription>();
  readonly receiver: Receiver;
  /** The number of log lines by message. */
  readonly lines = new Map<string, number>();
  /** The fields of the log lines that are kept. */
  readonly kept: Readonly<Record<string, unknown>>[] = [];
  readonly modes = new Modes();
  readonly metrics = { ...recordedMetrics().metrics, measure: () => {} };
  /** @default every function has this version's code */
  deployment: Deployment = {
    create: (name, copy) => FUNCTIONS[name].create(this, copy),
    sweep: (ports) => ports,
  };
  readonly log: Logger;

  constructor(seed: number, options: WorldOptions, variant: Variant, print?: (line: string) => void) {
    this.random = new Random(seed);
    this.variant = variant;
    this.kills = options.kills ?? (() => false);
    this.deliveriesPerStep = options.deliveriesPerStep ?? 500;
    this.internalQueue = this.queues[options.writeFormat === 1 ? 'events' : 'internal'];
    const { time } = this;
    const note: Logger['info'] = (message, fields = {}) => {
      if (options.keeps?.({ message, fields })) this.kept.push(fields);
      this.lines.set(message, (this.lines.get(message) ?? 0) + 1);
      print?.(`${(time.now - NOW) / 1000} ${message} ${JSON.stringify(fields)}`);
    };
    this.log = { info: note, warn: note, error: note };
    this.stores = simulatedStores(this.time, options.indexLagMs ?? 50);
    const settings = { latencyMs: 6, outages: [], throttled: () => 0, ...options.table };
    this.table = new Table(this.time, () => this.random.next(), settings);
    const typeOf = (id: string) => this.published.get(id)?.type ?? '';
    this.receiver = new Receiver(this.time, this.random, typeOf, (request) =>
      print?.(`${(request.at - NOW) / 1000} request ${JSON.stringify(request)}`),
    );
    this.lanes = forEachLane((name) => this.#lane(name, options));
    this.time.at(NOW + MINUTE / 2, () => this.#sweepEachMinute());
    this.time.every(options.sampleMs ?? 100, () => void this.#noteModes());
  }

  #lane(name: LaneName, { lanes, dies = 0 }: WorldOptions): Lane {
    return new Lane(this.time, this.random, {
      ...FUNCTIONS[name],
      queue: this.queues[name],
      batchSize: BATCH_SIZE[name],
      create: (copy) => this.deployment.create(name, copy),
      ...{ concurrency: concurrencyOf(name), dies, ...lanes?.[name] },
    });
  }

  async addProjects(...ids: string[]): Promise<void> {
    for (const id of ids) await this.stores.projects.create(projectRecord({ id }), []);
  }

  /** Create a subscription, in the ascending order of ids. */
  async subscribe(endpoint: Endpoint, given: Partial<Subscription> = {}): Promise<Subscription> {
    const id = `sub_${String(this.subscriptions.size).padStart(6, '0')}`;
    const subscription = subscriptionRecord({ id, url: `https://${id}.example/`, ...given });
    this.subscriptions.set(subscription.id, subscription);
    this.receiver.set(subscription.id, endpoint);
    await this.stores.subscriptions.create(subscription);
    return subscription;
  }

  /** Publish over HTTPS. */
  publish(type = 'invoice.created', project = 'erp', orderingKey?: string): string {
    const id = `e${this.published.size}`;
    this.published.set(id, { id, project, type, orderingKey, at: this.time.now });
    this.internalQueue.put({
      body: JSON.stringify({ project, type, id, data: {}, orderingKey }),
      groupId: project,
      attributes: { 'ancrage-checked': 'true' },
    });
    return id;
  }

  #sweepEachMinute(): void {
    // A sweep that would find nothing is skipped to save time.
    if (this.stores.nextDueAt() <= this.time.now + 3 * MINUTE)
      void runSweep(this, new FunctionCopy(this.time, SWEEP_MEMORY_MB));
    this.time.at(this.time.now + MINUTE, () => this.#sweepEachMinute());
  }

  async #noteModes(): Promise<void> {
    for (const { project, id } of this.modes.watched) {
      const subscription = await this.stores.subscriptions.get(project, id);
      if (subscription !== null) this.modes.note(id, this.time.now, modeOf(subscription));
    }
  }
}

function forEachLane<Made>(make: (name: LaneName) => Made): Readonly<Record<LaneName, Made>> {
  return Object.fromEntries(LANES.map((name) => [name, make(name)])) as Record<LaneName, Made>;
}

const { lanes: LANE_CONFIG } = stageConfig({ stage: 'production' });

function concurrencyOf(name: LaneName): number {
  const { maxConcurrency, pollers } = LANE_CONFIG[name];
  return maxConcurrency ?? pollers?.maximum ?? 1;
}
