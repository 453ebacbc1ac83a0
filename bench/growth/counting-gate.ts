import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What an engine was asked, and what it says that this consumed. */
export interface Counts {
  calls: number;
  readUnits: number;
  writeUnits: number;
}

export interface CountingGate {
  readonly endpoint: string;
  /** Since the last time. */
  takeCounts(): Counts;
  stop(): Promise<void>;
}

/** Of `x-amz-target`, which reads `DynamoDB_20120810.PutItem` or `AmazonSQS.SendMessage`. */
const TABLE = 'DynamoDB';
const READS = /\.(GetItem|BatchGetItem|TransactGetItems|Query|Scan)$/;

/** Stands before an engine and counts what passes. */
export async function startCountingGate(endpoint: string): Promise<CountingGate> {
  const upstream = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  const none = (): Counts => ({ calls: 0, readUnits: 0, writeUnits: 0 });
  let counts = none();
  const server = createServer(async (message, response) => {
    const target = String(message.headers['x-amz-target']);
    const isTable = target.startsWith(TABLE);
    const given = await buffer(message);
    const body = isTable ? askingForUnits(given) : given;
    const headers = { ...message.headers, host: upstream.host, 'content-length': body.length };
    counts.calls++;
    const forwarded = request(
      new URL(message.url ?? '/', upstream),
      { method: message.method, agent, headers },
      async (answer) => {
        const content = await buffer(answer);
        if (isTable) counts[READS.test(target) ? 'readUnits' : 'writeUnits'] += unitsOf(content);
        response.writeHead(answer.statusCode ?? 502, contentHeaders(answer)).end(content);
      },
    );
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  });
  // Nor does the engine close connections that are idle.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCounts() {
      const taken = counts;
      counts = none();
      return taken;
    },
    async stop() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const ASK = Buffer.from('{"ReturnConsumedCapacity":"TOTAL",');

/** Functions do not ask for it: their answers would only be longer. */
const askingForUnits = (body: Buffer): Buffer => Buffer.concat([ASK, body.subarray(1)]);

interface Consumed {
  readonly CapacityUnits?: number;
}

/** One table's, or for several items a list. */
function unitsOf(content: Buffer): number {
  const { ConsumedCapacity = [] }: { ConsumedCapacity?: Consumed | Consumed[] } = JSON.parse(
    content.toString(),
  );
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

function contentHeaders({ headers }: IncomingMessage) {
  const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _kept, ...rest } = headers;
  return rest;
}
