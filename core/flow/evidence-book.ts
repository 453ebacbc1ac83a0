import type { Clock } from '../kernel/clock.ts';
import type { Subscription } from '../model/subscription.ts';
import { addOutcome, addSlow, type Evidence, NOTHING, type Outcome } from './evidence.ts';

interface Page {
  evidence: Evidence;
  /** Whether it has something that must be reported even if the subscription is not watched. */
  isNews: boolean;
  /** The shortest time since the last report after which it is reported. */
  pauseMs: number;
  reportedAt: number;
  /** Whether the last report was of a failure. */
  wasFailing: boolean;
  usedAt: number;
}

/** The shortest time between two reports of a copy about a subscription. */
const REPORT_EVERY_MS = 5000;
/** If more requests would do harm. */
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
    if (outcome.verdict.kind === 'busy') hurry(page, URGENT_EVERY_MS);
    // A failure that is over must not be all that is known of a quiet endpoint, about which this copy may never report again.
    if (outcome.verdict.kind === 'delivered' && page.wasFailing) hurry(page, 0);
  }

  /** Note that a request has been open for two seconds. */
  addSlow({ id }: Subscription): void {
    const page = this.#pageOf(id);
    page.evidence = addSlow(page.evidence, this.#clock());
    hurry(page, URGENT_EVERY_MS);
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
    if (!isFirst && now - page.reportedAt < page.pauseMs) return null;
    const { evidence } = page;
    const wasFailing = (evidence.failedAt ?? 0) > (evidence.succeededAt ?? 0);
    const pauseMs = REPORT_EVERY_MS;
    Object.assign(page, { evidence: NOTHING, isNews: false, pauseMs, reportedAt: now, wasFailing });
    return evidence;
  }

  #pageOf(id: string): Page {
    const now = this.#clock();
    const page = this.#pages.get(id) ?? {
      evidence: NOTHING,
      isNews: false,
      pauseMs: REPORT_EVERY_MS,
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

function hurry(page: Page, pauseMs: number): void {
  page.isNews = true;
  page.pauseMs = Math.min(page.pauseMs, pauseMs);
}
