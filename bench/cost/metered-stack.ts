import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import type { EndedInvocation } from '../../local/functions/function-host.ts';
import { clientSettings } from '../../local/settings.ts';
import { Teardown } from '../../local/teardown.ts';
import { type BenchStack, withStack } from '../bench-stack.ts';
import { tableUnits, type Units } from './billing.ts';
import { writesDigests } from './digests.ts';
import { Endpoint, type Received } from './endpoint.ts';
import { type Call, requestingUnits, startMeter } from './meter.ts';
import { type QueueRequest, QueueRequests } from './queue-requests.ts';

interface TableCall extends Units {
  readonly functionName: string;
  readonly operation: string;
  /** Whether it writes digests of attempts, which are written apart from everything else. */
  readonly isOfDigests: boolean;
}

/** Everything that AWS would bill for a period, except the usage of an idle stack. */
export interface Usage {
  readonly queueRequests: readonly QueueRequest[];
  readonly tableCalls: readonly TableCall[];
  readonly invocations: readonly EndedInvocation[];
  /** Log bytes by function. */
  readonly logBytes: Readonly<Record<string, number>>;
  readonly received: Received;
}

/** Response times in milliseconds. */
export interface Pace {
  /** Response time of the endpoint. */
  readonly endpointMs: number;
  /** Minimum response time of DynamoDB and SQS, which hides how long the engines take. */
  readonly callMs: number;
}

export interface MeteredStack {
  readonly stack: BenchStack;
  readonly endpoint: Endpoint;
  /** Address of the DynamoDB engine without the proxy. */
  readonly tableEndpoint: string;
  setPace(pace: Pace): void;
  /** Keep deliver from receiving messages of the deliveries queue, until the returned function is called. */
  holdDeliveries(): () => void;
  /** Wait until all work is done. */
  settled(): Promise<void>;
  /** Return the usage since the last call. */
  take(): Usage;
}

/** The sweeper runs every minute even without work, so its usage counts towards the idle month. */
const IDLE = 'sweep';
/** The stack is idle if nothing has happened for this long plus the response times. */
const SETTLED_MS = 500;

/** Run a stack that measures the usage of its engines, functions and endpoint at their boundaries. */
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
  let released = Promise.resolve();
  const requests = new QueueRequests();

  function onQueueCall(call: Call): void {
    const request = requests.read(call);
    if (request === null) return;
    queueRequests.push(request);
    activeAt = Date.now();
  }
  function onTableCall({ functionName, operation, body, response }: Call): void {
    if (functionName === null || functionName === IDLE) return;
    const isOfDigests = writesDigests(body);
    tableCalls.push({ functionName, operation, isOfDigests, ...tableUnits(operation, response) });
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
      transform: requestingUnits,
      onCall: onTableCall,
      minMs: () => pace.callMs,
    });
    teardown.defer(() => tableMeter.stop());
    const queueMeter = await startMeter(queues.endpoint, {
      onCall: onQueueCall,
      minMs: () => pace.callMs,
      mayAnswer: (call) => (receivesDeliveries(call) ? released : Promise.resolve()),
    });
    teardown.defer(() => queueMeter.stop());
    const { endpoint: queueEndpoint } = queueMeter;
    const client = new SQSClient(clientSettings(queueEndpoint));
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
          setPace(next) {
            pace = next;
          },
          holdDeliveries() {
            const held = Promise.withResolvers<void>();
            released = held.promise;
            return held.resolve;
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

const receivesDeliveries = ({ operation, body }: Call): boolean =>
  operation === 'ReceiveMessage' && String((body as { QueueUrl?: string }).QueueUrl).includes('-deliveries-');

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
