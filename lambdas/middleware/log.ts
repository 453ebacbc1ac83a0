import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../../core/ports.ts';

/** The function's log: one JSON line each, with the service's name from POWERTOOLS_SERVICE_NAME. */
export function openLog(): Log {
  const logger = new Logger();
  return {
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
    error: (message, fields) => logger.error(message, { ...fields }),
  };
}
