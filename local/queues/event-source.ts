import { type FunctionDefinition, findFunction } from '../functions/function-definition.ts';
import { queueUrl } from '../referents.ts';
import { type Referents, resolve } from '../resolve.ts';
import { resourcesOf, type Template } from '../template.ts';

/** A queue whose messages invoke a function. */
export interface EventSource {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** Maximum time to wait for more records. */
  readonly windowSeconds: number;
  readonly concurrency: number;
  /** Whether the function reports failed records (`batchItemFailures`). */
  readonly reportsFailures: boolean;
  /** How long messages that are processed stay invisible. @default the queue's visibility timeout */
  readonly visibilitySeconds?: number;
}

/** Initial number of Lambda's pollers if the template sets no maximum concurrency. */
const DEFAULT_CONCURRENCY = 5;

/** Read the template's event source mappings. */
export function readEventSources(
  template: Template,
  referents: Referents,
  functions: readonly FunctionDefinition[],
  sqsEndpoint: string,
): EventSource[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties = {} }]) => {
    const properties = resolve(Properties, referents) as Record<string, unknown>;
    const queueArn = String(properties.EventSourceArn);
    const { MaximumConcurrency } = (properties.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
    const responseTypes = (properties.FunctionResponseTypes ?? []) as string[];
    return {
      queueUrl: queueUrl(sqsEndpoint, queueArn.slice(queueArn.lastIndexOf(':') + 1)),
      queueArn,
      functionName: findFunction(functions, properties.FunctionName).name,
      batchSize: Number(properties.BatchSize ?? 10),
      windowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
      concurrency: Number(MaximumConcurrency ?? DEFAULT_CONCURRENCY),
      reportsFailures: responseTypes.includes('ReportBatchItemFailures'),
    };
  });
}

/** Return the total concurrency that the queues of each function allow, keyed by its name. */
export function concurrencyOf(sources: readonly EventSource[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { functionName, concurrency } of sources)
    sums.set(functionName, (sums.get(functionName) ?? 0) + concurrency);
  return sums;
}
