import type { Attempt } from '../../core/model/attempt.ts';
import { DIRECT, type Flow } from '../../core/model/flow.ts';
import { type FlowState, NO_EVIDENCE } from '../../core/model/flow-state.ts';
import type { SendResult } from '../../core/model/send-result.ts';
import { disabled, type Subscription } from '../../core/model/subscription.ts';
import { CONSEQUENCES, type Verdict } from '../../core/model/verdict.ts';
import type { Endpoint } from './endpoints.ts';
import type { Random } from './random.ts';
import { ANSWERS, healthyAnswer } from './troubles.ts';

const MINUTE_MS = 60_000;
/** A subscription becomes direct about so long after its first attempt. */
const EARNED_AFTER_MS = MINUTE_MS;
/** Deliveries are held after so many outages. The product waits for more, which a customer's few events would not reach. */
const HELD_AFTER_OUTAGES = 2;
/** How long ago a recovering endpoint answered for the first time. */
const RECOVERED_FOR_MS = 90_000;
/** So many outages in a row pause an endpoint, probes included. */
const DOWN_RUN = 10;

/** What has happened to an endpoint, and what its subscription is like because of it. */
export class EndpointPast {
  readonly #endpoint: Endpoint;
  readonly #now: number;
  #firstAt: number | null = null;
  #lastSuccessAt: string | null = null;
  #lastFailureAt: string | null = null;
  #lastFailure: string | null = null;
  #limitedAt: number | null = null;
  #failingSince: string | null = null;
  #goneAt = Number.POSITIVE_INFINITY;
  /** When its trouble was first and last noticed, by first attempts, and how often; not before it began. */
  readonly #noticedAt: number[] = [];

  constructor(endpoint: Endpoint, now: number) {
    this.#endpoint = endpoint;
    this.#now = now;
  }

  get wasTried(): boolean {
    return this.#firstAt !== null;
  }

  /** Whether anything but successes was seen of it. */
  get hasEvidence(): boolean {
    return this.#lastFailure !== null || this.#noticedAt.length > 0;
  }

  answer(at: number, random: Random): SendResult {
    const { trouble, since } = this.#endpoint;
    return (at < since ? healthyAnswer : ANSWERS[trouble])(random);
  }

  /** Whether deliveries that are due at this time wait, in milliseconds since the epoch. */
  isHeldAt(at: number): boolean {
    const { trouble, since } = this.#endpoint;
    if (trouble === 'owner') return at >= since;
    if (trouble !== 'down' && trouble !== 'recovering') return false;
    return at > (this.#noticedAt[HELD_AFTER_OUTAGES - 1] ?? Number.POSITIVE_INFINITY);
  }

  /** Whether deliveries that are due at this time end, and events accepted then are not delivered. */
  isEndedAt(at: number): boolean {
    return at > this.#endedAt;
  }

  note({ at, number }: Pick<Attempt, 'at' | 'number'>, { kind, detail }: Verdict): void {
    const time = Date.parse(at);
    if (number === 1 && time >= this.#endpoint.since) this.#noticedAt.push(time);
    this.#firstAt = Math.min(this.#firstAt ?? time, time);
    if (kind === 'gone') this.#goneAt = Math.min(this.#goneAt, time);
    if (kind === 'busy') this.#limitedAt = Math.max(this.#limitedAt ?? 0, time);
    if (kind === 'delivered') {
      if (at > (this.#lastSuccessAt ?? '')) this.#lastSuccessAt = at;
      if (at > (this.#lastFailureAt ?? '')) this.#failingSince = null;
    }
    if (!CONSEQUENCES[kind].isBlamed) return;
    if (number === 1 && this.#failingSince === null) this.#failingSince = at;
    if (at <= (this.#lastFailureAt ?? '')) return;
    this.#lastFailureAt = at;
    this.#lastFailure = detail ?? kind;
  }

  /** Return the subscription as all of this has left it. An endpoint that was never tried has no trouble yet. */
  subscription(): Subscription {
    const { subscription, trouble } = this.#endpoint;
    if (this.#firstAt === null) return subscription;
    const flow = { ...DIRECT, since: new Date(this.#firstAt + EARNED_AFTER_MS).toISOString() };
    if (trouble === 'owner') return { ...subscription, flow, paused: true };
    if (Number.isFinite(this.#endedAt)) {
      const reason = trouble === 'gone' ? 'gone' : trouble === 'manual' ? 'manual' : 'failing';
      return { ...subscription, flow, ...disabled(reason, this.#endedAt) };
    }
    const [noticedAt] = this.#noticedAt;
    return { ...subscription, flow: noticedAt === undefined ? flow : this.#troubledFlow(flow, noticedAt) };
  }

  /** Return the state of its flow item. */
  flowState(): FlowState {
    const { trouble } = this.#endpoint;
    const { mode } = this.subscription().flow;
    const [runSince = this.#now] = this.#noticedAt;
    return {
      ...NO_EVIDENCE,
      lastSuccessAt: this.#lastSuccessAt,
      lastFailureAt: this.#lastFailureAt,
      lastFailure: this.#lastFailure,
      failingSince: this.#failingSince,
      limitedAt: this.#limitedAt,
      pace: {
        ...NO_EVIDENCE.pace,
        window: mode === 'paced' && trouble !== 'recovering' ? 8 : 1,
        perSecond: trouble === 'busy' ? 2 : null,
      },
      ...(mode === 'paused' && {
        ...{ run: DOWN_RUN, runSince, runUntil: this.#noticedAt.at(-1) ?? runSince },
        ...{ failedProbes: 12, probedAt: this.#now - MINUTE_MS, nextProbeAt: this.#now + 4 * MINUTE_MS },
      }),
    };
  }

  get #endedAt(): number {
    const { trouble, since } = this.#endpoint;
    if (trouble === 'manual') return since;
    if (trouble === 'gone') return this.#goneAt;
    return trouble === 'given-up' ? since + GIVEN_UP_AFTER_MS : Number.POSITIVE_INFINITY;
  }

  #troubledFlow(flow: Flow, watchedSince: number): Flow {
    const since = new Date(this.#noticedAt.at(1) ?? watchedSince).toISOString();
    switch (this.#endpoint.trouble) {
      case 'down':
        return { mode: 'paused', reason: 'down', since, watchedSince };
      case 'recovering':
        return {
          ...{ mode: 'paced', reason: 'recovering', watchedSince },
          since: new Date(this.#now - RECOVERED_FOR_MS).toISOString(),
        };
      case 'failing':
      case 'busy':
      case 'slow':
        return { mode: 'paced', reason: this.#endpoint.trouble, since, watchedSince };
      case 'errors':
        return { ...flow, watchedSince };
      default:
        return flow;
    }
  }
}

const GIVEN_UP_AFTER_MS = 5 * 24 * 60 * MINUTE_MS;
