import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import tls, { type SecureContext } from 'node:tls';

export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
  destroy(): void;
}

export interface AgentOptions {
  readonly lookup: LookupFunction;
  readonly keepAlive: boolean;
  /** Certificates to trust instead of the well-known roots. */
  readonly ca: string | undefined;
}

/**
 * How long one address may take before the next is tried. Node's 250 ms would give up addresses that are just far
 * away, since it drops each earlier try; 1 s is where TCP itself would repeat its first packet (RFC 6298).
 */
const ADDRESS_ATTEMPT_MS = 1000;

/**
 * One for the process, where node would make one per connection (0.3 ms of CPU each). Made on loading, since the first
 * reads all root certificates (10 ms on a full CPU) and a Lambda has a full CPU only while it initialises.
 */
const WELL_KNOWN_ROOTS = secureContext();

/** Never with `proxyEnv`: a proxy would resolve names itself, behind the guard's back. */
export function createAgents({ lookup, keepAlive, ca }: AgentOptions): Agents {
  const options = {
    lookup,
    keepAlive,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const plain = new http.Agent(options);
  const secure = new https.Agent({
    ...options,
    secureContext: ca === undefined ? WELL_KNOWN_ROOTS : secureContext(ca),
    // The default, said aloud so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment cannot turn it off.
    rejectUnauthorized: true,
  });
  return {
    http: plain,
    https: secure,
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

function secureContext(ca?: string): SecureContext {
  return tls.createSecureContext({ minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) });
}
