import { lookup } from 'node:dns/promises';
import { isLoopbackName } from '../../model/destination.ts';
import { type Answer, NO_ANSWER, type Resolve } from './resolve.ts';

const LOOPBACK: Answer = {
  addresses: [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ],
  ttlSeconds: 0,
};

/**
 * Resolve names as the developer's machine does, hosts file included. `localhost` is loopback whatever that says (RFC 6761, 6.3);
 * most systems do not resolve the names below it.
 */
export const resolveLocally: Resolve = (hostname) =>
  isLoopbackName(hostname)
    ? Promise.resolve(LOOPBACK)
    : lookup(hostname, { all: true }).then(
        (addresses) => ({ addresses, ttlSeconds: 0 }),
        () => NO_ANSWER,
      );
