import { LogFormatter, LogItem, Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Context } from 'aws-lambda';
import type { Logger } from '../../core/ports/logger.ts';

export interface FunctionLog extends Logger {
  /** Name this invocation in all lines that follow. */
  begin(invocation: Context): void;
}

/** Open the function's log: JSON lines that name the service, which POWERTOOLS_SERVICE_NAME says. */
export function openLog(): FunctionLog {
  const logger = new PowertoolsLogger({ logFormatter: new LineFormatter() });
  return {
    begin: (invocation) => logger.addContext(invocation),
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
    error: (message, fields) => logger.error(message, { ...fields }),
  };
}

/** Names attributes like the other fields, and omits those that the log group or Lambda's own lines have. */
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
      xRayTraceId,
    };
    return new LogItem({ attributes }).addAttributes(fields);
  }

  /** Omit all other properties of an error: an SDK's may have an item of the table, a URL or a request in them. */
  override formatError({ name, message, stack, cause }: Error): LogAttributes {
    return { name, message, stack, cause: cause instanceof Error ? this.formatError(cause) : undefined };
  }
}
