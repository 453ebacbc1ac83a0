import type { ProjectLimits } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AllowanceStore } from '../ports/allowance-store.ts';

export interface PublishingRatePorts {
  readonly allowances: Pick<AllowanceStore, 'take'>;
  readonly limits: Pick<ProjectLimits, 'eventsPerSecond' | 'burst' | 'megabytesPerDay'>;
  readonly clock: Clock;
}

/** Why a project may not publish now, and when it may. */
export interface Refusal {
  readonly limit: 'rate' | 'bytes';
  /** In milliseconds since the epoch. */
  readonly until: number;
}

/** What this copy of a function knows about a project. */
interface Share {
  /** Tokens that it has taken and not used. */
  readonly tokens: number;
  readonly takenAt: number;
  /** Events since then: so many tokens are taken in advance the next time. */
  readonly used: number;
  /** Bytes that it has not reported. */
  readonly bytes: number;
  /** While a project has to wait, a refusal costs nothing. */
  readonly refusal: Refusal | null;
}

const NOTHING: Share = { tokens: 0, takenAt: 0, used: 0, bytes: 0, refusal: null };

/** Tokens that were not used for so long are lost: an idle copy hoards none. */
const LASTS_MS = 1000;
/** A copy takes at most a tenth of what a project gets in a second in advance, and may exceed the rate by no more. */
const MOST_IN_ADVANCE = 0.1;
const MAX_PROJECTS = 1000;
const BYTES_PER_MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;

/** Limits how many events each project publishes in a second, and how many bytes in a day (UTC). */
export class PublishingRate {
  readonly #ports: PublishingRatePorts;
  readonly #shares = new Map<string, Share>();

  constructor(ports: PublishingRatePorts) {
    this.#ports = ports;
  }

  /** Take what publishing so many events needs. Return null, or why they may not be published now. */
  async take(project: string, events: number, bytes: number): Promise<Refusal | null> {
    const now = this.#ports.clock();
    const share = this.#shares.get(project) ?? NOTHING;
    if (share.refusal !== null && share.refusal.until > now) return share.refusal;
    const isFresh = now - share.takenAt < LASTS_MS;
    const next =
      isFresh && share.tokens >= events
        ? {
            ...share,
            tokens: share.tokens - events,
            used: share.used + events,
            bytes: share.bytes + bytes,
          }
        : await this.#takeMore(project, events, bytes, isFresh ? share : { ...NOTHING, bytes: share.bytes });
    this.#keep(project, next);
    return next.refusal;
  }

  async #takeMore(project: string, events: number, bytes: number, share: Share): Promise<Share> {
    const { allowances, limits, clock } = this.#ports;
    const bucket = { perSecond: limits.eventsPerSecond, burst: limits.burst };
    const now = clock();
    const most = Math.min(Math.floor(bucket.perSecond * MOST_IN_ADVANCE), bucket.burst - events);
    const take = (inAdvance: number) =>
      allowances.take(project, bucket, events + inAdvance, share.bytes + bytes);
    let inAdvance = Math.min(share.used, most);
    let taken = await take(inAdvance);
    if (!taken.isTaken && inAdvance > 0) {
      inAdvance = 0;
      taken = await take(inAdvance);
    }
    if (taken.bytesToday > limits.megabytesPerDay * BYTES_PER_MEGABYTE)
      return { ...NOTHING, refusal: { limit: 'bytes', until: now - (now % DAY_MS) + DAY_MS } };
    if (!taken.isTaken)
      return { ...NOTHING, bytes: share.bytes, refusal: { limit: 'rate', until: now + taken.waitMs } };
    return { ...NOTHING, tokens: inAdvance, takenAt: now, used: events };
  }

  #keep(project: string, share: Share): void {
    this.#shares.delete(project);
    this.#shares.set(project, share);
    const [oldest] = this.#shares.keys();
    if (this.#shares.size > MAX_PROJECTS && oldest !== undefined) this.#shares.delete(oldest);
  }
}
