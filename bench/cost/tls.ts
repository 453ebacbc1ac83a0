import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { generate } from 'selfsigned';
import { type Certificate, Endpoint } from './endpoint.ts';

/** The task of the worker thread. */
export interface Sending {
  readonly url: string;
  /** Certificate of the endpoint; undefined for plain http. */
  readonly ca: string | undefined;
  readonly bytes: number;
  /** Number of requests before the measurement. */
  readonly warm: number;
  readonly requests: number;
}

/** The overhead of a connection with TLS over one without. */
export interface TlsCost {
  /** Bytes that the client sends. */
  readonly bytes: number;
  /** CPU time in milliseconds. */
  readonly cpuMs: number;
}

const WARM = 100;
const REQUESTS = 300;
const BYTES = 1024;

/**
 * Measure the overhead of TLS by comparing requests over new connections with https and http. The endpoints of the
 * local stack use plain http.
 */
export async function measureTls(): Promise<TlsCost> {
  const [secure, plain] = [await measure(await certificate()), await measure(undefined)];
  return { bytes: secure.bytes - plain.bytes, cpuMs: secure.cpuMs - plain.cpuMs };
}

async function measure(certificate: Certificate | undefined): Promise<TlsCost> {
  const endpoint = await Endpoint.start(() => 0, certificate);
  const { url } = endpoint;
  const sending: Sending = { url, ca: certificate?.cert, bytes: BYTES, warm: WARM, requests: REQUESTS };
  const client = new Worker(new URL('./tls-client.ts', import.meta.url), { workerData: sending });
  const [cpuMs] = await once(client, 'message');
  const { bytes, requests } = endpoint.received;
  endpoint.stop();
  return { bytes: bytes / requests, cpuMs: cpuMs / REQUESTS };
}

async function certificate(): Promise<Certificate> {
  const generated = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key: generated.private, cert: generated.cert };
}
