import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import type { EndedInvocation } from '../../local/functions/function-host.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { Teardown } from '../../local/teardown.ts';
import { type BenchStack, withStack } from '../bench-stack.ts';
import { tableUnits, type Units } from './billing.ts';
import { Endpoint, type Received } from './endpoint.ts';
import { type Call, startMeter } from './meter.ts';
import { type QueueRequest, QueueRequests } from './queue-requests.ts';

interface TableCall extends Units {
  readonly functionName: string;
  readonly operation: string;
}

/** All that AWS would bill of a stretch of time, but for what an idle stack takes. */
export interface Usage {
  readonly queueRequests: readonly QueueRequest[];
  readonly tableCalls: readonly TableCall[];
  readonly invocations: readonly EndedInvocation[];
  /** That each function wrote. */
  readonly logBytes: Readonly<Record<string, number>>;
  readonly received: Received;
}

/** How long others take to answer, in milliseconds. */
export interface Pace {
  /** The endpoint. */
  readonly endpointMs: number;
  /** DynamoDB and SQS, at least: what the machine takes for it hides behind that. */
  readonly callMs: number;
}

export interface MeteredStack {
  readonly stack: BenchStack;
  readonly endpoint: Endpoint;
  /** The embedded DynamoDB itself. */
  readonly tableEndpoint: string;
  pace(): Pace;
  setPace(pace: Pace): void;
  /** Waits until all is done that was begun. */
  settled(): Promise<void>;
  /** What was used since the last time. */
  take(): Usage;
}

/** It works each minute whether there is something to do or not: what it uses is part of an idle month. */
const IDLE = 'sweep';
/** Without a sign of work for so long, and for as long as others take to answer, there is none. */
const SETTLED_MS = 500;

/** A stack whose engines, functions and endpoint are watched at their boundaries. */
export async function withMeteredStack<Result>(
  cdkOut: string,
  initialPace: Pace,
  use: (metered: MeteredStack) => Promise<Result>,
): Promise<Result> {
  const teardown = new Teardown();
  let pace = initialPace;
  let queueRequests: QueueRequest[] = [];
  let tableCalls: TableCall[] = [];
  let invocations: EndedInvocation[] = [];
  let activeAt = Date.now();
  const requests = new QueueRequests();

  function onQueueCall(call: Call): void {
    const request = requests.read(call);
    if (request === null) return;
    queueRequests.push(request);
    activeAt = Date.now();
  }
  function onTableCall({ functionName, operation, answer }: Call): void {
    if (functionName === null || functionName === IDLE) return;
    tableCalls.push({ functionName, operation, ...tableUnits(operation, answer) });
    activeAt = Date.now();
  }
  function onInvocation(ended: EndedInvocation): void {
    if (ended.functionName === IDLE) return;
    invocations.push(ended);
    activeAt = Date.now();
  }

  try {
    const died = Promise.withResolvers<never>();
    const table = await startDynoxide({ file: undefined, onDeath: died.reject });
    teardown.defer(() => table.stop());
    const queues = await startFauxqs(undefined);
    teardown.defer(() => queues.stop());
    const tableMeter = await startMeter(table.endpoint, {
      changed: (body) => ({ ...body, ReturnConsumedCapacity: 'TOTAL' }),
      onCall: onTableCall,
      leastMs: () => pace.callMs,
    });
    teardown.defer(() => tableMeter.stop());
    const queueMeter = await startMeter(queues.endpoint, {
      onCall: onQueueCall,
      leastMs: () => pace.callMs,
    });
    teardown.defer(() => queueMeter.stop());
    const { endpoint: queueEndpoint } = queueMeter;
    const client = new SQSClient({
      endpoint: queueEndpoint,
      region: REGION,
      credentials: { ...CREDENTIALS },
    });
    teardown.defer(() => client.destroy());
    const endpoint = await Endpoint.start(() => pace.endpointMs);
    teardown.defer(() => endpoint.stop());

    return await withStack(
      cdkOut,
      (stack) => {
        stack.functions.observe(onInvocation);
        let before = { logBytes: logBytesIn(stack.logsDir), received: endpoint.received };
        const metered: MeteredStack = {
          stack,
          endpoint,
          tableEndpoint: table.endpoint,
          pace: () => pace,
          setPace(next) {
            pace = next;
          },
          async settled() {
            const quietMs = SETTLED_MS + pace.endpointMs + pace.callMs;
            while (Date.now() - activeAt < quietMs) await sleep(SETTLED_MS / 10);
          },
          take() {
            const now = { logBytes: logBytesIn(stack.logsDir), received: endpoint.received };
            const usage: Usage = {
              queueRequests,
              tableCalls,
              invocations,
              logBytes: difference(now.logBytes, before.logBytes),
              received: difference(now.received, before.received),
            };
            [queueRequests, tableCalls, invocations] = [[], [], []];
            before = now;
            return usage;
          },
        };
        return Promise.race([use(metered), died.promise]);
      },
      {
        dynamodbEndpoint: tableMeter.endpoint,
        queues: { ...queues, endpoint: queueEndpoint, client },
      },
    );
  } finally {
    await teardown.run();
  }
}

function logBytesIn(directory: string): Record<string, number> {
  const names = readdirSync(directory).map((file) => file.replace(/\.log$/, ''));
  return Object.fromEntries(
    names
      .filter((name) => name !== IDLE)
      .map((name) => [name, statSync(join(directory, `${name}.log`)).size]),
  );
}

const difference = <Counted extends object>(now: Counted, before: Counted): Counted =>
  Object.fromEntries(
    Object.entries(now).map(([name, count]) => [
      name,
      count - ((before as Record<string, number>)[name] ?? 0),
    ]),
  ) as Counted;
