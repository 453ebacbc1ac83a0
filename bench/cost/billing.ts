/** What AWS makes of calls and of time: its rules, and nothing of ours. */

/** SQS bills a request for every 64 KB that it carries, however few. */
const SQS_CHUNK = 64 * 1024;
/** An HTTP API bills one for every 512 KB. */
const API_CHUNK = 512 * 1024;
/** Memory at which a function has one whole processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_PER_PROCESSOR = 1769;

const chunks = (bytes: number, chunk: number): number => Math.max(1, Math.ceil(bytes / chunk));

export const sqsRequests = (bytes: number): number => chunks(bytes, SQS_CHUNK);
export const apiRequests = (bytes: number): number => chunks(bytes, API_CHUNK);

export interface Work {
  /** In MB. */
  readonly memorySize: number;
  /** On one whole processor. */
  readonly cpuMs: number;
  readonly waitMs: number;
}

/**
 * Milliseconds that Lambda bills: what was waited for, and the work at the share of a processor that the memory comes
 * with, one at the least. A function works in one thread, so more than one processor does not help it.
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
 * Units of a call, as its answer tells them. A write whose condition fails takes units as well, which no answer tells: one
 * is counted.
 */
export function tableUnits(operation: string, answer: TableAnswer): Units {
  const told = [answer.ConsumedCapacity ?? []].flat();
  const isRefused = /ConditionalCheckFailed/.test(answer.__type ?? '');
  const units = told.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, isRefused ? 1 : 0);
  return READS.test(operation) ? { reads: units, writes: 0 } : { reads: 0, writes: units };
}

export interface TableAnswer {
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
  readonly __type?: string;
}

interface Consumed {
  readonly CapacityUnits?: number;
}
