import type { AttemptPorts } from '../deliver/ports.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Mailbox, OrderedQueues } from '../ports/mailbox.ts';

export interface PumpPorts extends AttemptPorts {
  readonly flows: FlowStore;
  readonly mailbox: Pick<Mailbox, 'write' | 'read' | keyof OrderedQueues>;
}
