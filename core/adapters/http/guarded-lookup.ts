import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { DestinationPolicy } from '../../contract.ts';
import { refusedAddress } from '../../model/address-guard.ts';
import { TransportFailureError } from './transport-failure.ts';

/** Resolves all addresses of a host name. Calls back once, always asynchronously. */
export type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** Resolve with the system's resolver. ADDRCONFIG, node:net's default, omits IPv6 addresses if the machine has no IPv6. */
export const resolveHost: Resolve = (hostname, callback) => {
  dns.lookup(hostname, { all: true, hints: dns.ADDRCONFIG }, callback);
};

/**
 * Create a `lookup` for node:net that returns only addresses which pass the guard. The socket connects to exactly these
 * addresses without resolving the name again, so DNS rebinding has no effect.
 *
 * One refused address refuses the name. Connecting to the others would be safe, but deliveries would then depend on which
 * address is tried, and a name that mixes public and private addresses is an attack or a mistake that its owner should read
 * about. As a consequence, Ancrage cannot send from a network that adds NAT64 addresses to DNS responses (DNS64).
 */
export function guardedLookup(policy: DestinationPolicy, resolve: Resolve): LookupFunction {
  const resolveOnce = shareRunning(resolve);
  return (hostname, options, callback) => {
    resolveOnce(hostname, (error, addresses) => {
      const failure = error === null ? refusal(addresses, policy) : unresolved(error);
      const [first] = addresses ?? [];
      if (failure !== null || first === undefined) callback(failure ?? unresolved(), [], 0);
      // node:net asks for all addresses to race IPv6 against IPv4 (RFC 8305), otherwise for one.
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function refusal(
  addresses: readonly LookupAddress[],
  policy: DestinationPolicy,
): TransportFailureError | null {
  for (const { address } of addresses) {
    const rule = refusedAddress(address, policy);
    // The message does not include the address: a name in a private zone would reveal the network's layout.
    if (rule !== null) {
      return new TransportFailureError(
        'blocked-address',
        `the host name has an address that is not public (${rule})`,
      );
    }
  }
  return null;
}

function unresolved(cause?: NodeJS.ErrnoException): TransportFailureError {
  const reason = cause?.code ?? 'no address';
  return new TransportFailureError('dns', `the host name could not be resolved (${reason})`, { cause });
}

/**
 * Share one running query among all connections that wait for a name. getaddrinfo blocks a thread of libuv's pool and cannot
 * be cancelled, and libuv lends it only half of the threads: deliveries to one host with a silent name server must not occupy
 * the threads that other hosts need.
 */
function shareRunning(resolve: Resolve): Resolve {
  const waiting = new Map<string, Parameters<Resolve>[1][]>();
  return (hostname, callback) => {
    const others = waiting.get(hostname);
    if (others !== undefined) {
      others.push(callback);
      return;
    }
    const callbacks = [callback];
    waiting.set(hostname, callbacks);
    resolve(hostname, (error, addresses) => {
      waiting.delete(hostname);
      for (const waiter of callbacks) waiter(error, addresses);
    });
  };
}
