import { afterAll, beforeAll, describe } from 'vitest';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { startTable } from './engines.ts';
import { NOW } from './records.ts';

/** Time that a test moves. */
export const testTime = { now: NOW };
const clock: Clock = () => testTime.now;

/** Runs a port's contract on its in-memory and its DynamoDB adapter. */
export function onBoth<Port>(
  name: string,
  adapters: { inMemory: (clock: Clock) => Port; dynamodb: (table: DataTable) => Port },
  contract: (open: () => Port) => void,
): void {
  // Files of one worker share this module.
  const resetTime = () => {
    testTime.now = NOW;
  };
  describe(`${name} in memory`, () => {
    beforeAll(resetTime);
    const port = adapters.inMemory(clock);
    contract(() => port);
  });
  describe(`${name} in DynamoDB`, () => {
    let running: Awaited<ReturnType<typeof startTable>>;
    let port: Port;
    beforeAll(async () => {
      resetTime();
      running = await startTable(clock);
      port = adapters.dynamodb(running.table);
    });
    afterAll(() => running.stop());
    contract(() => port);
  });
}
