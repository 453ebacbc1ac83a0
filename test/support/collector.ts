import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A span as OTLP/HTTP carries it in JSON, with its attributes and those of its resource by their names. */
export interface CollectedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  /** 2 is an error. */
  readonly status: { readonly code?: number };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const byName = (attributes: readonly KeyValue[]) =>
  Object.fromEntries(
    attributes.map(({ key, value: { intValue, ...value } }) => [
      key,
      intValue === undefined ? Object.values(value)[0] : Number(intValue),
    ]),
  );

/**
 * Start a collector on this machine: an HTTP server that takes OTLP in JSON at `/v1/traces`, and keeps the spans.
 *
 * @param port by default any
 * @param respond answers in place of the collector, which takes everything
 */
export async function startCollector(respond?: (response: ServerResponse) => void, port = 0) {
  const spans: CollectedSpan[] = [];
  const bodies: string[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    bodies.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
    if (respond !== undefined) return respond(response);
    if (request.url !== '/v1/traces' || request.headers['content-type'] !== 'application/json')
      return response.writeHead(404).end();
    for (const { resource, scopeSpans } of JSON.parse(bodies.at(-1) ?? '').resourceSpans)
      for (const scope of scopeSpans)
        for (const { attributes, ...span } of scope.spans)
          spans.push({ ...span, attributes: byName(attributes), resource: byName(resource.attributes) });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${own}`,
    spans: spans as readonly CollectedSpan[],
    /** Every request's body. */
    bodies: bodies as readonly string[],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
