import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../http/loopback.ts';

/** The content types of AWS's JSON and XML protocols and of objects. None is one that a page may send without asking. */
const OF_PROGRAMS = /^application\/(x-amz-json-.*|octet-stream|xml)$/;

/**
 * Return why a request to an engine may come from a web page, or null if no page can send it. A page can reach every port
 * of the developer's machine: https://fetch.spec.whatwg.org/#cors-safelisted-request-header lists what it may send
 * without asking.
 */
export function webPageFault({ method, headers, socket }: IncomingMessage): string | null {
  if (method === 'OPTIONS') return 'Preflight requests are refused.';
  if (headers.origin !== undefined)
    return 'Requests of web pages are refused: this one has the header Origin.';
  if (headers['sec-fetch-site'] !== undefined)
    return 'Requests of browsers are refused: this one has the header Sec-Fetch-Site.';
  // A name that an attacker resolves to 127.0.0.1 makes a page the same origin as the engine.
  if (!isLoopbackHost(headers.host, socket.localPort))
    return `The host ${headers.host ?? ''} is refused: use the endpoint in outputs.json.`;
  const type = headers['content-type'];
  if (type !== undefined && !OF_PROGRAMS.test(type))
    return `The content type ${type} is refused: use the AWS JSON protocol.`;
  return null;
}
