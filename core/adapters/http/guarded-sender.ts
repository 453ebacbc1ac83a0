import type { DestinationPolicy } from '../../contract.ts';
import type { Clock } from '../../kernel/clock.ts';
import { OutOfTime } from '../../model/out-of-time.ts';
import type { SendResult } from '../../model/send-result.ts';
import type { AboutRequest, OpenSender, SenderPool, Watch } from '../../ports/sender.ts';
import { type Agents, createAgents } from './agents.ts';
import { AnswerCache } from './answer-cache.ts';
import { followRedirects, type SingleRequest } from './follow-redirects.ts';
import { HostNames } from './host-names.ts';
import { HttpRequest } from './http-request.ts';
import { askNameServers } from './name-servers.ts';
import { requestTarget } from './request-target.ts';
import type { Resolve } from './resolve.ts';
import { resolveLocally } from './resolve-locally.ts';
import type { TransportFailure } from './transport-failure.ts';

export interface GuardedSenderOptions {
  /** @default the system's name servers; where loopback is allowed, as the system does, with its hosts file */
  readonly resolve?: Resolve;
  /** PEM certificates to trust instead of the well-known roots. */
  readonly ca?: string;
  /** @default Date.now */
  readonly clock?: Clock;
}

const CLOSED: TransportFailure = { error: 'connection', detail: 'the sender was closed' };

/**
 * Create a pool of senders that are safe with untrusted URLs, one for each invocation: no connection may outlive a Lambda
 * freeze. They share what they know of host names.
 */
export function guardedSenders(policy: DestinationPolicy, options: GuardedSenderOptions = {}): SenderPool {
  const { resolve = policy.allowLoopback ? resolveLocally : askNameServers(), ca } = options;
  const answers = new AnswerCache(options.clock ?? Date.now);
  return { open: (endsInMs) => openSender(policy, new HostNames(resolve, answers), ca, endsInMs) };
}

/** Open a sender. Closing it ends the requests that are under way. */
function openSender(
  policy: DestinationPolicy,
  names: HostNames,
  ca: string | undefined,
  endsInMs: number,
): OpenSender {
  const latestAt = performance.now() + endsInMs;
  const pools = new Map<string, Agents>();
  const poolOf = (project: string): Agents => {
    const pool = pools.get(project) ?? createAgents({ keepAlive: true, ca });
    pools.set(project, pool);
    return pool;
  };
  const fresh = createAgents({ keepAlive: false, ca });
  const running = new Set<HttpRequest>();
  let closed = false;

  const sendOne = async (
    request: SingleRequest,
    { project }: AboutRequest,
    watch: Watch | undefined,
  ): Promise<SendResult> => {
    const target = requestTarget(request, policy);
    if (closed) return { ...CLOSED, durationMs: 0 };
    if ('error' in target) return { ...target, durationMs: 0 };
    const { body, timeoutMs } = request;
    return new Promise((resolve, reject) => {
      const started = new HttpRequest({
        ...{ target, body, timeoutMs, latestAt, fresh, policy, watch },
        // Projects share no connection: one whose server says too much could answer the requests of another on its host.
        pooled: poolOf(project),
        find: (hostname, asker) => names.find(project, hostname, asker),
        done: (result, durationMs) => {
          running.delete(started);
          if (result instanceof OutOfTime) reject(result);
          else resolve({ ...result, durationMs });
        },
      });
      running.add(started);
      started.start();
    });
  };

  return {
    send: (request, about, watch) => followRedirects(request, policy, (each) => sendOne(each, about, watch)),
    close() {
      closed = true;
      for (const each of running) each.abandon(CLOSED);
      names.close();
      for (const pool of pools.values()) pool.destroy();
      fresh.destroy();
    },
  };
}
