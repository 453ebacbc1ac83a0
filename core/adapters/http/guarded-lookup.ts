import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { DestinationPolicy } from '../../contract.ts';
import { refusedAddress } from '../../model/address-guard.ts';
import { TransportFailureError } from './transport-failure.ts';

/**
 * Create a `lookup` for node:net that returns only addresses which pass the guard. The socket connects to exactly these
 * addresses without resolving the name again, so DNS rebinding has no effect.
 *
 * One refused address refuses the name. Connecting to the others would be safe, but deliveries would then depend on which
 * address is tried. As a consequence, Ancrage cannot send from a network that adds NAT64 addresses to DNS responses (DNS64).
 *
 * @param find calls back with the addresses of a name, never at once
 */
export function guardedLookup(
  policy: DestinationPolicy,
  find: (hostname: string, found: (addresses: readonly LookupAddress[]) => void) => void,
): LookupFunction {
  return (hostname, options, callback) => {
    find(hostname, (addresses) => {
      const [first] = addresses;
      const isRefused = addresses.some(({ address }) => refusedAddress(address, policy) !== null);
      if (first === undefined || isRefused) callback(notPublic(), [], 0);
      // node:net asks for all addresses to race IPv6 against IPv4 (RFC 8305), otherwise for one.
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

/** One failure for every reason: a text of its own for private addresses would tell which names a private zone has. */
const notPublic = () =>
  new TransportFailureError('dns', 'the host name could not be resolved to a public address');
