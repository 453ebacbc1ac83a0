/** AWS's billing rules for calls and compute time. */

/** SQS bills one request per started 64 KB. */
const SQS_CHUNK = 64 * 1024;
/** An HTTP API bills one request per started 512 KB. */
const API_CHUNK = 512 * 1024;
/**
 * Memory at which a function has one full processor:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const MB_PER_PROCESSOR = 1769;

const chunks = (bytes: number, chunk: number): number => Math.max(1, Math.ceil(bytes / chunk));

export const sqsRequests = (bytes: number): number => chunks(bytes, SQS_CHUNK);
export const apiRequests = (bytes: number): number => chunks(bytes, API_CHUNK);

export interface Work {
  /** In MB. */
  readonly memorySize: number;
  /** CPU time on one full processor. */
  readonly cpuMs: number;
  readonly waitMs: number;
}

/**
 * Return the milliseconds that Lambda bills, at least one: the waiting time, and the CPU time at the share of a
 * processor that the memory includes. Functions are single-threaded, so more than one processor does not make them
 * faster.
 */
export function billedMs({ memorySize, cpuMs, waitMs }: Work): number {
  const share = Math.min(1, memorySize / MB_PER_PROCESSOR);
  return Math.max(1, Math.ceil(waitMs + cpuMs / share));
}

export interface Units {
  readonly reads: number;
  readonly writes: number;
}

const READS = /^(Get|Query|Scan|BatchGet|TransactGet)/;

/**
 * Return the units of a call from its response. A write whose condition fails consumes units that no response reports;
 * count one.
 */
export function tableUnits(operation: string, response: TableResponse): Units {
  const consumed = [response.ConsumedCapacity ?? []].flat();
  const isRejected = /ConditionalCheckFailed/.test(response.__type ?? '');
  const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, isRejected ? 1 : 0);
  return READS.test(operation) ? { reads: units, writes: 0 } : { reads: 0, writes: units };
}

export interface TableResponse {
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
  readonly __type?: string;
}

interface Consumed {
  readonly CapacityUnits?: number;
}
