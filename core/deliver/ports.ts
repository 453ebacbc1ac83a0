import type { FlowPorts } from '../flow/ports.ts';
import type { AttemptDigests } from '../ports/attempt-digests.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BindingStore } from '../ports/binding-store.ts';
import type { DueWorkStore } from '../ports/due-work-store.ts';
import type { ErasureStore } from '../ports/erasure-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { DeliveryQueue } from '../ports/message-queue.ts';
import type { ParkedDeliveries } from '../ports/parked-deliveries.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { SenderPool } from '../ports/sender.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';

/** What an attempt needs. */
export interface AttemptPorts extends FlowPorts {
  /** Projects as they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'erase'>;
  readonly attemptLog: Pick<AttemptLog, 'record' | 'end'>;
  readonly attemptDigests: Pick<AttemptDigests, 'write'>;
  readonly trafficStore: Pick<TrafficStore, 'add'>;
  readonly senders: SenderPool;
  readonly tracer: Tracer;
  /** Keys the ids of operational events. */
  readonly stackKey: string;
}

export interface DeliverPorts extends AttemptPorts {
  readonly events: Pick<EventStore, 'get' | 'list' | 'erase' | 'eraseBodies'>;
  readonly attemptLog: Pick<AttemptLog, 'record' | 'end' | 'last' | 'ofEvent' | 'erase'>;
  readonly bindings: BindingStore;
  readonly mailbox: Pick<Mailbox, 'write' | 'hasFirst'>;
  /** `latest` is as it was at most ten seconds ago. */
  readonly erasures: Pick<ErasureStore, 'repeatAt' | 'note' | 'latest' | 'replace'>;
  readonly flows: Pick<FlowStore, 'get' | 'change' | 'setMode' | 'wake' | 'addHeld'>;
  /** What versions before 0.2 left in the table. */
  readonly parked: Pick<ParkedDeliveries, 'held' | 'release'>;
  readonly dueWork: Pick<DueWorkStore, 'claim' | 'claimed' | 'complete'>;
  readonly jobs: Pick<ReplayJobStore, 'handOver'>;
  readonly retriesQueue: DeliveryQueue;
}
