import { BYTES_PER_MEGABYTE, type ProjectLimits } from '../contract.ts';
import { type Clock, DAY_MS, startOfDay } from '../kernel/clock.ts';
import type { AllowanceStore } from '../ports/allowance-store.ts';

export interface PublishingRatePorts {
  readonly allowances: Pick<AllowanceStore, 'take'>;
  readonly limits: Pick<ProjectLimits, 'eventsPerSecond' | 'burst' | 'megabytesPerDay'>;
  readonly clock: Clock;
  /** How far ahead a caller that can wait may take tokens, in milliseconds. @default 0 */
  readonly inAdvanceMs?: number;
}

/** Whether a project may publish some events. Times are in milliseconds since the epoch. */
export type Admission =
  | { readonly isAdmitted: true; readonly from: number }
  | { readonly isAdmitted: false; readonly limit: 'rate' | 'bytes'; readonly until: number };

type Refusal = Extract<Admission, { isAdmitted: false }>;

/** What this copy of a function knows about a project. */
interface Share {
  /** Tokens that it has taken and not used. */
  readonly tokens: number;
  readonly takenAt: number;
  /** Events since then: so many more tokens are taken the next time. */
  readonly used: number;
  /** Bytes that it has not reported. */
  readonly bytes: number;
  /** While a project has to wait, a refusal costs nothing. */
  readonly refusal: Refusal | null;
}

const NOTHING: Share = { tokens: 0, takenAt: 0, used: 0, bytes: 0, refusal: null };

/** Tokens that were not used for so long are lost: an idle copy hoards none. */
const LASTS_MS = 1000;
/** A copy takes no more than a part of what a project gets in a second, and may exceed the rate by no more. */
const MOST_KEPT = 0.25;
const MAX_PROJECTS = 1000;

/** Limits how many events each project publishes in a second, and how many bytes in a day (UTC). */
export class PublishingRate {
  readonly #ports: PublishingRatePorts;
  readonly #shares = new Map<string, Share>();

  constructor(ports: PublishingRatePorts) {
    this.#ports = ports;
  }

  /** Take what publishing so many events needs. */
  async take(project: string, events: number, bytes: number): Promise<Admission> {
    const now = this.#ports.clock();
    const share = this.#shares.get(project) ?? NOTHING;
    if (share.refusal !== null && share.refusal.until > now) return share.refusal;
    const isFresh = now - share.takenAt < LASTS_MS;
    if (isFresh && share.tokens >= events) {
      const { tokens, used } = share;
      this.#keep(project, {
        ...share,
        tokens: tokens - events,
        used: used + events,
        bytes: share.bytes + bytes,
      });
      return { isAdmitted: true, from: now };
    }
    return this.#takeMore(project, events, bytes, isFresh ? share : { ...NOTHING, bytes: share.bytes });
  }

  async #takeMore(project: string, events: number, bytes: number, share: Share): Promise<Admission> {
    const { allowances, limits, clock, inAdvanceMs = 0 } = this.#ports;
    const bucket = { perSecond: limits.eventsPerSecond, burst: limits.burst };
    const now = clock();
    const take = (kept: number, ahead: number) =>
      allowances.take(project, bucket, events + kept, share.bytes + bytes, ahead);
    const most = Math.min(Math.floor(bucket.perSecond * MOST_KEPT), bucket.burst - events);
    let kept = Math.min(share.used, most);
    let taken = await take(kept, kept > 0 ? 0 : inAdvanceMs);
    if (!taken.isTaken && kept > 0) {
      kept = 0;
      taken = await take(kept, inAdvanceMs);
    }
    if (taken.bytesToday > limits.megabytesPerDay * BYTES_PER_MEGABYTE)
      return this.#refuse(project, 'bytes', startOfDay(now) + DAY_MS, 0);
    if (!taken.isTaken) return this.#refuse(project, 'rate', now + taken.waitMs - inAdvanceMs, share.bytes);
    this.#keep(project, { ...NOTHING, tokens: kept, takenAt: now, used: events });
    return { isAdmitted: true, from: now + taken.waitMs };
  }

  #refuse(project: string, limit: Refusal['limit'], until: number, bytes: number): Refusal {
    const refusal = { isAdmitted: false, limit, until } as const;
    this.#keep(project, { ...NOTHING, bytes, refusal });
    return refusal;
  }

  #keep(project: string, share: Share): void {
    this.#shares.delete(project);
    this.#shares.set(project, share);
    const [oldest] = this.#shares.keys();
    if (this.#shares.size > MAX_PROJECTS && oldest !== undefined) this.#shares.delete(oldest);
  }
}
