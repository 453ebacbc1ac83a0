import { attemptLog } from '../core/adapters/dynamodb/attempt-log.ts';
import { exchangeCounts } from '../core/adapters/dynamodb/exchange-counts.ts';
import { FullExchanges } from '../core/deliver/full-exchanges.ts';
import type { Logger } from '../core/ports/logger.ts';
import { clock, projectLimits, writeFormat } from './environment.ts';
import { table } from './secret-table.ts';

/** Open the attempt log for a function that records attempts. */
export function openAttemptLog(log: Logger) {
  if (writeFormat() === 1) return attemptLog(table);
  return attemptLog(
    table,
    new FullExchanges({ exchangeCounts: exchangeCounts(table), limits: projectLimits(), clock, log }),
  );
}
