import type { PaceState } from '../model/flow-state.ts';
import type { Subscription } from '../model/subscription.ts';

/** The largest window of an endpoint that sets no limit of its own. */
const MOST_AT_ONCE = 50;
/** The results of a round, unless the window is larger. */
const ROUND = 10;
/** A round with fewer outages is good, one with as many or more is bad, or hopeless. */
const GOOD_BELOW = 0.2;
const BAD_FROM = 0.5;
const HOPELESS_FROM = 0.9;
/** A smaller window helps if it brings the share of outages down to this part of what it was. */
const HELPED = 0.7;
/** How the rate changes after a 429, at most once a second, and in each second without one. */
const SLOWER = 0.8;
const FASTER = 1.05;
/** Until a second 429 shows that it is too high, a first estimate doubles each second. */
const SEARCHING = 2;
/** One request in twenty seconds shows soon enough that an endpoint takes requests again. */
const LEAST_PER_SECOND = 0.05;
/** The share of a configured rate that is used, so that no second has one request too many. */
const MARGIN = 0.95;

/** A request that begins late is made up for by those after it, up to so many milliseconds, since timers are late. */
const CATCH_UP_MS = 10;

const ACCEPTED_MS = 10_000;
const RECENT = 20;

/** What a request's end means for the pace. */
export type PaceResult = 'fast' | 'slow' | 'outage' | 'busy';

/**
 * The pace at which a pump sends: so many requests at once and so many a second. The window grows and shrinks like a TCP
 * congestion window (RFC 5681): doubled up to a threshold, then by a tenth, halved after a bad round. If halving it does not
 * help, the pace is not what makes requests fail, and the window grows again. The rate is learnt from 429s: a first estimate,
 * then slower after each and faster without.
 */
export class Pace {
  #window: number;
  #threshold: number | null;
  #perSecond: number | null;
  #recent: string;
  /** When the last attempt was to begin, and when the last request was to be sent. */
  #begunAt: number;
  #sentAt: number;
  #round = { results: 0, outages: 0 };
  /** The share of outages for which the window was last halved. */
  #halvedFor: number | null = null;
  /** Whether the rate is still a first estimate. */
  #isSearching = false;
  /** Since when there was no 429, or when the rate last grew. */
  #ratedAt: number;
  /** When the rate last fell. */
  #slowedAt = Number.NEGATIVE_INFINITY;
  /** When each request of the last ten seconds was accepted. */
  #accepted: number[] = [];
  #limits: Pick<Subscription, 'rateLimit' | 'maxInFlight'>;

  constructor(state: PaceState, limits: Pick<Subscription, 'rateLimit' | 'maxInFlight'>, now: number) {
    this.#window = state.window;
    this.#threshold = state.threshold;
    this.#perSecond = state.perSecond;
    this.#recent = state.recent;
    this.#begunAt = state.sentAt;
    this.#sentAt = state.sentAt;
    // Also the time between two turns was one without a 429.
    this.#ratedAt = state.ratedAt ?? now;
    this.#limits = limits;
    // A first estimate grows fast only while it is tried.
    this.#rate(now);
    this.#isSearching = state.isSearching ?? false;
  }

  get state(): PaceState {
    return {
      window: this.#window,
      threshold: this.#threshold,
      perSecond: this.#perSecond,
      isSearching: this.#isSearching,
      recent: this.#recent,
      sentAt: this.#sentAt,
      ratedAt: this.#ratedAt,
    };
  }

  set limits(limits: Pick<Subscription, 'rateLimit' | 'maxInFlight'>) {
    this.#limits = limits;
  }

  /** The requests that may be open at once. */
  get atOnce(): number {
    return Math.min(this.#window, this.#limits.maxInFlight ?? MOST_AT_ONCE);
  }

  /** Return how long the next attempt must wait before it begins, in milliseconds. */
  waitMs(now: number): number {
    return waitAfter(this.#begunAt, this.#rate(now), now);
  }

  begin(now: number): void {
    this.#begunAt = plannedAfter(this.#begunAt, this.#rate(now), now);
  }

  /** Return how long an attempt that has begun must wait before its request is sent, to keep a configured rate. */
  waitToSendMs(now: number): number {
    return waitAfter(this.#sentAt, this.#configured, now);
  }

  send(now: number): void {
    this.#sentAt = plannedAfter(this.#sentAt, this.#configured, now);
  }

  end(result: PaceResult, now: number): void {
    if (result === 'busy') {
      this.#slowDown(now);
      return;
    }
    if (result !== 'outage') this.#accepted.push(now);
    this.#recent = (this.#recent + result[0]).slice(-RECENT);
    this.#round.results++;
    if (result === 'outage') this.#round.outages++;
    if (this.#round.results >= Math.max(ROUND, this.#window)) this.#endRound();
  }

  /** Whether the last results are those of an endpoint that needs no pump. */
  get isHealthy(): boolean {
    const count = (letter: string) => this.#recent.split(letter).length - 1;
    const [fast, slow, outages] = [count('f'), count('s'), count('o')];
    return fast + slow >= 3 && fast >= slow && outages < GOOD_BELOW * this.#recent.length;
  }

  #endRound(): void {
    const share = this.#round.outages / this.#round.results;
    Object.assign(this.#round, { results: 0, outages: 0 });
    const most = this.#limits.maxInFlight ?? MOST_AT_ONCE;
    const isHelped = this.#halvedFor === null || share <= HELPED * this.#halvedFor;
    if (share >= HOPELESS_FROM || (share >= BAD_FROM && isHelped)) {
      this.#window = Math.max(1, Math.floor(this.#window / 2));
      this.#threshold = this.#window;
      this.#halvedFor = share;
      return;
    }
    const isGood = share < GOOD_BELOW;
    if (isGood) this.#halvedFor = null;
    const isSteep = isGood && (this.#threshold === null || this.#window < this.#threshold);
    this.#window = Math.min(most, isSteep ? this.#window * 2 : Math.ceil(this.#window * 1.1));
  }

  #slowDown(now: number): void {
    const accepted = this.#acceptedPerSecond(now);
    if (this.#perSecond === null) {
      this.#perSecond = Math.max(1, accepted);
      this.#isSearching = true;
    } else if (now - this.#slowedAt >= 1000 || this.#isSearching) {
      // A search goes back to its last step, which was not too fast. What the endpoint has accepted it will accept again, so a
      // rate near that need not fall far.
      this.#perSecond = Math.max(
        LEAST_PER_SECOND,
        this.#perSecond * (this.#isSearching ? 1 / SEARCHING : SLOWER),
        Math.min(this.#perSecond, MARGIN * accepted),
      );
      this.#isSearching = false;
      this.#slowedAt = now;
    }
    this.#ratedAt = now;
  }

  #acceptedPerSecond(now: number): number {
    this.#accepted = this.#accepted.filter((at) => now - at < ACCEPTED_MS);
    const seconds = Math.max(1, (now - (this.#accepted[0] ?? now)) / 1000);
    return this.#accepted.length / seconds;
  }

  /** Return the rate in force, after it has grown for the time without a 429. */
  #rate(now: number): number | null {
    const seconds = Math.floor((now - this.#ratedAt) / 1000);
    if (this.#perSecond !== null && seconds > 0) {
      this.#perSecond *= (this.#isSearching ? SEARCHING : FASTER) ** seconds;
      this.#ratedAt += seconds * 1000;
      // Nobody can send as fast as that any more.
      if (this.#perSecond > 1000) this.#perSecond = null;
    }
    const configured = this.#configured;
    if (configured === null) return this.#perSecond;
    return Math.min(configured, this.#perSecond ?? Number.POSITIVE_INFINITY);
  }

  get #configured(): number | null {
    const { rateLimit } = this.#limits;
    return rateLimit && rateLimit.perSecond * MARGIN;
  }
}

const waitAfter = (lastAt: number, perSecond: number | null, now: number): number =>
  perSecond === null ? 0 : Math.max(0, Math.ceil(lastAt + 1000 / perSecond - now));

/** Return when what begins now was to begin. */
const plannedAfter = (lastAt: number, perSecond: number | null, now: number): number =>
  perSecond === null ? now : Math.max(lastAt + 1000 / perSecond, now - CATCH_UP_MS);
