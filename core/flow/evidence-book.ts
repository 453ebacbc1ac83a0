import type { Clock } from '../kernel/clock.ts';
import type { Subscription } from '../model/subscription.ts';
import { addOutcome, addSlow, type Evidence, NOTHING, type Outcome } from './evidence.ts';

interface Page {
  evidence: Evidence;
  /** Whether it has something that must be reported even if the subscription is not watched. */
  isNews: boolean;
  /** Whether it can wait no longer than a second: more requests would do harm. */
  isUrgent: boolean;
  reportedAt: number;
  /** Whether the last report was of a failure. */
  wasFailing: boolean;
  usedAt: number;
}

/** The shortest time between two reports of a copy about a subscription. */
const REPORT_EVERY_MS = 5000;
const URGENT_EVERY_MS = 1000;
/** Evidence that nobody asked for by then is forgotten. */
const KEPT_MS = 60_000;
const MOST_PAGES = 5000;

/** What a copy of a function has seen of its endpoints. A healthy endpoint's evidence is never reported. */
export class EvidenceBook {
  /** In the order of use. */
  readonly #pages = new Map<string, Page>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addOutcome({ id }: Subscription, outcome: Outcome): void {
    const page = this.#pageOf(id);
    page.evidence = addOutcome(page.evidence, outcome);
    if (page.evidence.failedAt !== null) page.isNews = true;
    // A failure that is over must not be all that is known of a quiet endpoint.
    const isOver = page.wasFailing && outcome.verdict.kind === 'delivered';
    if (outcome.verdict.kind === 'busy' || isOver) Object.assign(page, { isNews: true, isUrgent: true });
  }

  /** Note that a request has been open for two seconds. */
  addSlow({ id }: Subscription): void {
    const page = this.#pageOf(id);
    page.evidence = addSlow(page.evidence, this.#clock());
    page.isNews = true;
    page.isUrgent = true;
  }

  /** Take what must be reported now, or return null. */
  take({ id, flow }: Subscription): Evidence | null {
    const page = this.#pages.get(id);
    if (page === undefined || page.evidence === NOTHING) return null;
    const isWatched = flow.watchedSince !== null;
    if (!page.isNews && !isWatched) return null;
    const now = this.#clock();
    // The first failure is reported at once, so that the other copies watch the endpoint, too.
    const isFirst = page.isNews && !isWatched;
    const pause = page.isUrgent ? URGENT_EVERY_MS : REPORT_EVERY_MS;
    if (!isFirst && now - page.reportedAt < pause) return null;
    const { evidence } = page;
    const wasFailing = (evidence.failedAt ?? 0) > (evidence.succeededAt ?? 0);
    Object.assign(page, { evidence: NOTHING, isNews: false, isUrgent: false, reportedAt: now, wasFailing });
    return evidence;
  }

  #pageOf(id: string): Page {
    const now = this.#clock();
    const page = this.#pages.get(id) ?? {
      evidence: NOTHING,
      isNews: false,
      isUrgent: false,
      reportedAt: 0,
      wasFailing: false,
      usedAt: now,
    };
    page.usedAt = now;
    this.#pages.delete(id);
    this.#pages.set(id, page);
    for (const [oldest, { usedAt }] of this.#pages) {
      if (now - usedAt < KEPT_MS && this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
    return page;
  }
}
