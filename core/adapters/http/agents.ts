import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import { ResponseFilter } from './response-filter.ts';

export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
  destroy(): void;
}

export interface AgentOptions {
  readonly keepAlive: boolean;
  /** Certificates to trust instead of the well-known roots. */
  readonly ca: string | undefined;
}

/**
 * How long connecting to one address may take before the next is tried. Node's default of 250 ms would give up on addresses
 * that are merely far away; after 1 s TCP itself repeats its first packet (RFC 6298).
 */
const ADDRESS_ATTEMPT_MS = 1000;

/**
 * One context for the process; node would create one per connection (0.3 ms of CPU each). Created while loading, because the
 * first reads all root certificates (10 ms on a full CPU) and a Lambda has a full CPU only while it initialises.
 */
const WELL_KNOWN_ROOTS = secureContext();

/** Create the agents of an invocation. Never with `proxyEnv`: a proxy would resolve names itself and bypass the guard. */
export function createAgents({ keepAlive, ca }: AgentOptions): Agents {
  const options = {
    keepAlive,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const plain = withFilter(new http.Agent(options));
  const secure = withFilter(
    new https.Agent({
      ...options,
      secureContext: ca === undefined ? WELL_KNOWN_ROOTS : secureContext(ca),
      // The default, set explicitly so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot turn it off.
      rejectUnauthorized: true,
    }),
  );
  return {
    http: plain,
    https: secure,
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** Have each of an agent's connections filter its responses. */
function withFilter<A extends http.Agent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...args) => {
    const connection = connect(...args);
    if (connection instanceof Socket) ResponseFilter.install(connection);
    return connection;
  };
  return agent;
}

function secureContext(ca?: string): SecureContext {
  return tls.createSecureContext({ minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) });
}
