import type { Engine } from '../../local/engines/dynoxide.ts';
import { tableUnits } from '../cost/billing.ts';
import { requestingUnits, startMeter } from '../cost/meter.ts';

/** The number of calls to an engine, and the units that it reports as consumed. */
export interface Counts {
  calls: number;
  readUnits: number;
  writeUnits: number;
}

export interface CountingGate extends Engine {
  /** Return the counts since the last call. */
  takeCounts(): Counts;
}

/** Start a proxy in front of an engine that counts the calls and units of functions. */
export async function startCountingGate(engine: Engine, service: 'table' | 'queues'): Promise<CountingGate> {
  const none = (): Counts => ({ calls: 0, readUnits: 0, writeUnits: 0 });
  let counts = none();
  const meter = await startMeter(engine.endpoint, {
    ...(service === 'table' && { transform: requestingUnits }),
    onCall({ operation, response }) {
      const { reads, writes } = tableUnits(operation, response);
      counts.calls++;
      counts.readUnits += reads;
      counts.writeUnits += writes;
    },
    minMs: () => 0,
  });
  return {
    ...meter,
    takeCounts() {
      const taken = counts;
      counts = none();
      return taken;
    },
  };
}
