import type { DestinationPolicy } from '../contract.ts';
import { refusedAddress } from './address-guard.ts';

const MAX_URL_LENGTH = 2048;

/** WHATWG parsing drops these silently: the requested URL would differ from the stored and logged one. */
const DROPPED_BY_PARSER = /\p{Cc}|^\s|\s$/u;

/** The WHATWG parser normalises an IPv4 address to four decimal parts and rejects any name that ends in a number. */
const IPV4 = /\.\d+$/;

/** Names that are never on the internet: mDNS (RFC 6762), ICANN's private-use name, home networks (RFC 8375). */
const PRIVATE_NAME = /(?:^|\.)(?:local|internal|home\.arpa)$/;

const LOOPBACK_NAME = /(?:^|\.)localhost$/; // RFC 6761, 6.3

/**
 * Return why a hook URL is refused, as the rest of a sentence that starts with "url", or null. This is the check when a
 * subscription is saved; the addresses of its host are checked on connecting, because DNS can change at any moment.
 */
export function refusedUrl(url: string, policy: DestinationPolicy): string | null {
  if (url.length > MAX_URL_LENGTH) return `is longer than ${MAX_URL_LENGTH} characters`;
  if (DROPPED_BY_PARSER.test(url)) return 'contains a control character or surrounding white space';
  const parsed = URL.parse(url);
  return parsed === null ? 'is not a valid URL' : refusedDestination(parsed, policy);
}

/** Return why a parsed URL is refused, or null. The WHATWG parser has normalised its host: `0x7f.1` is now `127.0.0.1`. */
export function refusedDestination(url: URL, policy: DestinationPolicy): string | null {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowHttp)) {
    return policy.allowHttp ? 'must use https or http' : 'must use https';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  return refusedHost(url, policy) ?? refusedPort(url, policy);
}

/** Return the host as `node:net` expects it: an IPv6 literal without brackets. */
export function bareHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/** Return whether a host is `localhost` or a name below it. */
export const isLoopbackName = (host: string): boolean => LOOPBACK_NAME.test(withoutRootDot(host));

function isAddressLiteral(host: string): boolean {
  return host.includes(':') || IPV4.test(host);
}

function refusedHost(url: URL, policy: DestinationPolicy): string | null {
  const host = bareHost(url);
  if (isAddressLiteral(host)) {
    const rule = refusedAddress(host, policy);
    return rule === null ? null : `is not a public address (${rule})`;
  }
  if (isLoopbackName(host)) return policy.allowLoopback ? null : 'is not a public host (localhost)';
  const name = withoutRootDot(host);
  if (name.split('.').includes('')) return 'has a host name with an empty label';
  // A resolver appends its network's search domains to these.
  if (!name.includes('.')) return 'is not a public host (a name without a dot)';
  // The names of private receivers; their addresses decide.
  if (policy.privateReceivers !== undefined && policy.privateReceivers.length > 0) return null;
  return PRIVATE_NAME.test(name) ? 'is not a public host (a name for private networks)' : null;
}

function refusedPort(url: URL, policy: DestinationPolicy): string | null {
  // The parser drops the scheme's default port.
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (policy.allowedPorts.some(([first, last]) => first <= port && port <= last)) return null;
  if (port === 80 && policy.allowHttp) return null;
  // Not port 0: node:http takes it for a missing port and connects to the scheme's default.
  if (port > 0 && policy.allowLoopback && isLoopbackHost(bareHost(url))) return null;
  return `must use port ${policy.allowedPorts.map(rangeText).join(' or ')}, not ${port}`;
}

const rangeText = ([first, last]: readonly [number, number]): string =>
  first === last ? String(first) : `${first}-${last}`;

function isLoopbackHost(host: string): boolean {
  if (!isAddressLiteral(host)) return isLoopbackName(host);
  return refusedAddress(host, { allowLoopback: false }) === 'loopback';
}

/** Drop the root dot: `localhost.` is `localhost` as an absolute name (RFC 1034, 3.1). */
function withoutRootDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
