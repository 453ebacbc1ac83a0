import { LogFormatter, LogItem, Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Context } from 'aws-lambda';
import type { Logger } from '../../core/ports/logger.ts';

export interface FunctionLog extends Logger {
  /** From here on each line names this invocation. */
  begin(invocation: Context): void;
}

/** The function's log: one JSON line each, with the service's name from POWERTOOLS_SERVICE_NAME. */
export function openLog(): FunctionLog {
  const logger = new PowertoolsLogger({ logFormatter: new LineFormatter() });
  return {
    begin: (invocation) => logger.addContext(invocation),
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
    error: (message, fields) => logger.error(message, { ...fields }),
  };
}

/** Names as the rest of our fields, and nothing that the log group or Lambda's own lines say already. */
class LineFormatter extends LogFormatter {
  override formatAttributes(line: UnformattedAttributes, fields: LogAttributes): LogItem {
    const { logLevel: level, message, timestamp, serviceName: service, xRayTraceId, lambdaContext } = line;
    const attributes = {
      level,
      message,
      timestamp: this.formatTimestamp(timestamp),
      service,
      requestId: lambdaContext?.awsRequestId,
      ...(lambdaContext?.coldStart === true && { coldStart: true }),
      traceId: xRayTraceId,
    };
    return new LogItem({ attributes }).addAttributes(fields);
  }

  /** Just what an error says: what else an SDK's errors carry may be an item of the table, a URL's or a request's text. */
  override formatError({ name, message, stack, cause }: Error): LogAttributes {
    return { name, message, stack, cause: cause instanceof Error ? this.formatError(cause) : undefined };
  }
}
