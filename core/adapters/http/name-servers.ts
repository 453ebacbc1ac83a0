import type { RecordWithTtl } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { pause } from '../../kernel/pause.ts';
import { type Answer, NO_ANSWER, type Resolve } from './resolve.ts';

/** Less than two seconds: c-ares looks at its clock once a second. What a name server answers later is not read. */
const TRY_MS = 1900;
const TRIES = 2;
const LOOKUP_MS = 5000;
/** How long an answer waits for the other family's: the Resolution Delay of RFC 8305, 3. */
const OTHER_FAMILY_MS = 50;

interface NameServerOptions {
  /** Addresses, each with an optional port. @default those of the system */
  readonly servers?: readonly string[];
  /** Whether to ask for IPv6 addresses. @default whether this machine has a public one itself */
  readonly ipv6?: boolean;
}

/**
 * Resolve names with the name servers alone: neither the hosts file nor search domains have a say. Each look-up has a resolver
 * of its own, because to cancel a query cancels all of its resolver's. Unlike getaddrinfo it occupies no thread.
 */
export function askNameServers({ servers, ipv6 = hasPublicIpv6() }: NameServerOptions = {}): Resolve {
  return async (hostname, signal) => {
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    const timer = setTimeout(cancel, LOOKUP_MS);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const v4 = resolver.resolve4(hostname, { ttl: true }).then(answerOf(4));
      if (!ipv6) return await v4.catch(() => NO_ANSWER);
      return await bothFamilies(resolver.resolve6(hostname, { ttl: true }).then(answerOf(6)), v4);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      cancel();
    }
  };
}

const answerOf =
  (family: 4 | 6) =>
  (records: readonly RecordWithTtl[]): Answer => ({
    addresses: records.map(({ address }) => ({ address, family })),
    ttlSeconds: Math.min(...records.map(({ ttl }) => ttl)),
  });

/** Return the answers of both families, or of one if the other's is late. IPv6 comes first (RFC 6724). */
async function bothFamilies(v6: Promise<Answer>, v4: Promise<Answer>): Promise<Answer> {
  const answers: Answer[] = [];
  const note = (index: number) => (answer: Answer) => {
    answers[index] = answer;
  };
  const all = Promise.allSettled([v6.then(note(0)), v4.then(note(1))]);
  const grace = Promise.any([v6, v4]).then(
    () => pause(OTHER_FAMILY_MS),
    () => {},
  );
  await Promise.race([all, grace]);
  // One that is missing leaves a hole.
  const known = answers.flat();
  if (known.length === 0) return NO_ANSWER;
  return {
    addresses: known.flatMap(({ addresses }) => addresses),
    ttlSeconds: Math.min(...known.map(({ ttlSeconds }) => ttlSeconds)),
  };
}

/**
 * Whether an interface has a global unicast address (RFC 4291, 2.4). Functions outside a network of the customer's have none,
 * nor have those in the network of `fixedEgress`.
 */
function hasPublicIpv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return addresses.some(({ family, address }) => family === 'IPv6' && /^[23]/.test(address));
}
