import type { AttemptPorts } from '../deliver/ports.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Mailbox, OrderedQueues } from '../ports/mailbox.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';

export interface PumpPorts extends AttemptPorts {
  readonly flows: FlowStore;
  readonly mailbox: Pick<Mailbox, 'write' | 'read' | 'hasFirst' | keyof OrderedQueues>;
  readonly events: Pick<EventStore, 'get' | 'list' | 'erase'>;
  readonly attemptLog: Pick<AttemptLog, 'record' | 'end' | 'last'>;
  readonly jobs: Pick<ReplayJobStore, 'running' | 'replace'>;
}
