import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/http/loopback.ts';

/** The number of calls to an engine, and the units that it reports as consumed. */
export interface Counts {
  calls: number;
  readUnits: number;
  writeUnits: number;
}

export interface CountingGate {
  readonly endpoint: string;
  /** Return the counts since the last call. */
  takeCounts(): Counts;
  stop(): Promise<void>;
}

/** Prefix of the header `x-amz-target`, such as `DynamoDB_20120810.PutItem` or `AmazonSQS.SendMessage`. */
const TABLE = 'DynamoDB';
const READS = /\.(GetItem|BatchGetItem|TransactGetItems|Query|Scan)$/;

/** Start a proxy in front of an engine that counts calls and units. */
export async function startCountingGate(endpoint: string): Promise<CountingGate> {
  const upstream = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  const none = (): Counts => ({ calls: 0, readUnits: 0, writeUnits: 0 });
  let counts = none();
  const server = createServer(async (message, response) => {
    const target = String(message.headers['x-amz-target']);
    const isTable = target.startsWith(TABLE);
    const received = await buffer(message);
    const body = isTable ? requestingUnits(received) : received;
    const headers = { ...message.headers, host: upstream.host, 'content-length': body.length };
    counts.calls++;
    const forwarded = request(
      new URL(message.url ?? '/', upstream),
      { method: message.method, agent, headers },
      async (upstreamResponse) => {
        const content = await buffer(upstreamResponse);
        if (isTable) counts[READS.test(target) ? 'readUnits' : 'writeUnits'] += unitsOf(content);
        response.writeHead(upstreamResponse.statusCode ?? 502, contentHeaders(upstreamResponse)).end(content);
      },
    );
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  });
  const listening = await listenOnLoopback(server);
  return {
    endpoint: listening.endpoint,
    takeCounts() {
      const taken = counts;
      counts = none();
      return taken;
    },
    stop() {
      agent.destroy();
      return listening.stop();
    },
  };
}

const REQUEST_UNITS = Buffer.from('{"ReturnConsumedCapacity":"TOTAL",');

/** Add the option that makes DynamoDB report consumed units, which functions do not request themselves. */
const requestingUnits = (body: Buffer): Buffer => Buffer.concat([REQUEST_UNITS, body.subarray(1)]);

interface Consumed {
  readonly CapacityUnits?: number;
}

/** Return the units in a response, which are an object for one table or a list for several items. */
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
