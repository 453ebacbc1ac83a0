import { type FunctionDefinition, findFunction } from '../functions/function-definition.ts';
import { queueUrl } from '../referents.ts';
import { type Referents, resolve } from '../resolve.ts';
import { resourcesOf, type Template } from '../template.ts';

/** A queue that feeds a function. */
export interface EventSource {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** How long to gather a fuller batch. */
  readonly windowSeconds: number;
  readonly concurrency: number;
  /** The function says which messages failed (`batchItemFailures`). */
  readonly reportsFailures: boolean;
}

/** Pollers that Lambda starts with where the template sets no maximum. */
const DEFAULT_CONCURRENCY = 5;

/** The template's SQS event source mappings. */
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

/** How many copies of each function its queues may run at once, by the function's name. */
export function concurrencyOf(sources: readonly EventSource[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { functionName, concurrency } of sources)
    sums.set(functionName, (sums.get(functionName) ?? 0) + concurrency);
  return sums;
}
