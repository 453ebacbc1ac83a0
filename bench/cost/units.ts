import { type Counts, LAMBDA_LOG_BYTES } from '../../bin/cost/counts.ts';
import { ROUTES } from '../../core/routes.ts';
import type { EndedInvocation } from '../../local/functions/function-host.ts';
import { billedMs } from './billing.ts';
import type { Usage } from './metered-stack.ts';
import type { TlsCost } from './tls.ts';

/** The functions that open connections to endpoints. */
const SENDERS = new Set(['deliver', 'pump']);
export const isSender = ({ functionName }: { readonly functionName: string }): boolean =>
  SENDERS.has(functionName);

/** An invocation as Lambda bills it. */
export interface BilledInvocation {
  readonly functionName: string;
  /** In MB. */
  readonly memorySize: number;
  /** Number of records, 1 if no queue invokes the function. */
  readonly messages: number;
  readonly cpuMs: number;
  readonly waitMs: number;
  readonly billedMs: number;
}

/** Return the shortest duration of each function among its invocations with the most records, keyed by its name. */
export function durationsOf(invocations: readonly EndedInvocation[]): Map<string, number> {
  const durations = [...Map.groupBy(invocations, ({ functionName }) => functionName)].map(([name, all]) => {
    const most = Math.max(...all.map(messagesOf));
    const full = all.filter((invocation) => messagesOf(invocation) === most);
    return [name, Math.min(...full.map(({ durationMs }) => durationMs))] as const;
  });
  return new Map(durations);
}

/** Return the invocations with their measured CPU time plus TLS overhead, and with modelled waiting times. */
export function billed(
  { invocations, received }: Usage,
  waits: ReadonlyMap<string, number>,
  tls: TlsCost,
): BilledInvocation[] {
  const senders = invocations.filter(isSender).length;
  const handshakes = senders === 0 ? 0 : (tls.cpuMs * received.connections) / senders;
  return invocations.map((invocation) => {
    const { functionName, memorySize } = invocation;
    const waitMs = waits.get(functionName) ?? 0;
    const cpuMs = invocation.cpuMs + (isSender(invocation) ? handshakes : 0);
    const messages = messagesOf(invocation);
    return {
      ...{ functionName, memorySize, messages, cpuMs, waitMs },
      billedMs: billedMs({ memorySize, cpuMs, waitMs }),
    };
  });
}

export const messagesOf = ({ event }: EndedInvocation): number => JSON.parse(event).Records?.length ?? 1;

const API_FUNCTIONS = new Set<string>(['authorize', ...Object.values(ROUTES).map((row) => row.function)]);

/** Return the write units that went into digests of attempts. */
export const digestWrites = (calls: Usage['tableCalls']): number =>
  calls.reduce((sum, { isOfDigests, writes }) => sum + (isOfDigests ? writes : 0), 0);

export const gbSeconds = ({ memorySize, billedMs: ms }: BilledInvocation): number =>
  ((memorySize / 1024) * ms) / 1000;

/** Return the billable units of a run in the format of `npm run cost -- --counts`. */
export function countsOf(
  usage: Usage,
  invocations: readonly BilledInvocation[],
  {
    deliveries,
    apiRequests,
    tls,
  }: { readonly deliveries: number; readonly apiRequests: number; readonly tls: TlsCost },
): Counts {
  const { queueRequests, tableCalls, logBytes, received } = usage;
  const total = <Each>(all: readonly Each[], quantity: (each: Each) => number) =>
    all.reduce((sum, each) => sum + quantity(each), 0);
  // Lambda writes nothing about an invocation of the API's functions that succeeds.
  const logging = invocations.filter(({ functionName }) => !API_FUNCTIONS.has(functionName));
  const logged = total(Object.values(logBytes), Number) + logging.length * LAMBDA_LOG_BYTES;
  return {
    deliveries,
    counts: {
      sqsRequests: total(queueRequests, ({ requests }) => requests),
      sqsFairRequests: total(queueRequests, ({ requests, isFair }) => (isFair ? requests : 0)),
      lambdaRequests: invocations.length,
      lambdaGbSeconds: total(invocations, gbSeconds),
      dynamodbWrites: total(tableCalls, ({ writes }) => writes),
      dynamodbReads: total(tableCalls, ({ reads }) => reads),
      httpApiRequests: apiRequests,
      logsIngested: logged / 1e9,
      logsStored: logged / 1e9,
      egress: (received.bytes + received.connections * tls.bytes) / 1e9,
    },
  };
}
