import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { DestinationPolicy } from '../../contract.ts';
import { refusedAddress } from '../../model/address-guard.ts';
import { TransportFailureError } from './transport-failure.ts';

/** All addresses of a host name. Calls back once, never within the call. */
export type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** ADDRCONFIG, as node:net does by default: no IPv6 addresses where there is no IPv6, such as outside a VPC. */
export const resolveHost: Resolve = (hostname, callback) => {
  dns.lookup(hostname, { all: true, hints: dns.ADDRCONFIG }, callback);
};

/**
 * A `lookup` for node:net that only hands over addresses which the guard lets pass. The socket connects to these very
 * addresses and asks nobody again, so an answer that changes later (DNS rebinding) changes nothing.
 *
 * One refused address refuses the name. Connecting to the others would be as safe, but whether a delivery arrives
 * would then depend on which address answers, and a name that mixes public and private addresses is an attack or a
 * mistake: its owner should read so. It also means that a network which adds NAT64 addresses to each answer (DNS64)
 * is no place to send from.
 */
export function guardedLookup(policy: DestinationPolicy, resolve: Resolve): LookupFunction {
  const resolveOnce = shareRunning(resolve);
  return (hostname, options, callback) => {
    resolveOnce(hostname, (error, addresses) => {
      const failure = error === null ? refusal(addresses, policy) : unresolved(error);
      const [first] = addresses ?? [];
      if (failure !== null || first === undefined) callback(failure ?? unresolved(), [], 0);
      // node:net asks for all of them to race IPv6 against IPv4 (RFC 8305); without that for one.
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
    // Which address it was stays unsaid: a name in a private zone would tell how our network looks inside.
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
 * One running query for a name however many connections wait for it. getaddrinfo blocks a thread of libuv's pool,
 * cannot be cancelled, and libuv lends it only half of the threads: a batch of deliveries to one host whose name
 * server is silent must not take the places that other hosts' names need.
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
