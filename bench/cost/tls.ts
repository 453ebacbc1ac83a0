import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { generate } from 'selfsigned';
import { type Certificate, Endpoint } from './endpoint.ts';

/** What a thread is asked to send. */
export interface Sending {
  readonly url: string;
  /** Without one it is plain http. */
  readonly ca: string | undefined;
  readonly bytes: number;
  /** Requests before any is measured. */
  readonly warm: number;
  readonly requests: number;
}

/** What a connection takes more with TLS than without. */
export interface TlsCost {
  /** That go out. */
  readonly bytes: number;
  /** Of the processor, in milliseconds. */
  readonly cpuMs: number;
}

const WARM = 100;
const REQUESTS = 300;
const BYTES = 1024;

/**
 * Measures it, since endpoints of the local stack are plain http. A request that is sent over a new connection, by https
 * and by http.
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
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key: made.private, cert: made.cert };
}
