import type { DestinationPolicy } from '../../contract.ts';
import type { OutgoingRequest, SendResult } from '../../model/send-result.ts';
import type { OpenSender, SenderPool } from '../../ports/sender.ts';
import { createAgents } from './agents.ts';
import { guardedLookup, type Resolve, resolveHost } from './guarded-lookup.ts';
import { HttpRequest, type HttpResult } from './http-request.ts';
import { requestTarget } from './request-target.ts';

export interface GuardedSenderOptions {
  /** @default the system's resolver */
  readonly resolve?: Resolve;
  /** PEM certificates to trust instead of the well-known roots. */
  readonly ca?: string;
}

const CLOSED: HttpResult = { error: 'connection', detail: 'the sender was closed' };

/** Create a pool with a guarded sender for each invocation: no connection may outlive a Lambda freeze. */
export const guardedSenders = (
  policy: DestinationPolicy,
  options: GuardedSenderOptions = {},
): SenderPool => ({
  open: (endsInMs) => createGuardedSender(policy, options, endsInMs),
});

/** Create a sender that is safe with untrusted URLs. Closing it ends the requests that are under way. */
export function createGuardedSender(
  policy: DestinationPolicy,
  options: GuardedSenderOptions = {},
  endsInMs = Number.POSITIVE_INFINITY,
): OpenSender {
  const latestAt = performance.now() + endsInMs;
  const lookup = guardedLookup(policy, options.resolve ?? resolveHost);
  const pooled = createAgents({ lookup, keepAlive: true, ca: options.ca });
  const fresh = createAgents({ lookup, keepAlive: false, ca: options.ca });
  const running = new Set<HttpRequest>();
  let closed = false;

  const perform = (request: OutgoingRequest): Promise<HttpResult> => {
    const target = requestTarget(request, policy);
    if (closed) return Promise.resolve(CLOSED);
    if ('error' in target) return Promise.resolve(target);
    const { body, timeoutMs } = request;
    return new Promise((resolve) => {
      const done = (result: HttpResult) => {
        running.delete(started);
        resolve(result);
      };
      const started = new HttpRequest({ target, body, timeoutMs, latestAt, pooled, fresh, done });
      running.add(started);
      started.start();
    });
  };

  return {
    async send(request: OutgoingRequest): Promise<SendResult> {
      const startedAt = performance.now();
      const result = await perform(request);
      return { ...result, durationMs: Math.round(performance.now() - startedAt) };
    },
    close() {
      closed = true;
      for (const each of running) each.abandon(CLOSED);
      pooled.destroy();
      fresh.destroy();
    },
  };
}
