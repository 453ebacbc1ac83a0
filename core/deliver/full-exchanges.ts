import { BYTES_PER_MEGABYTE, type ProjectLimits } from '../contract.ts';
import { type Clock, DAY_MS, startOfDay } from '../kernel/clock.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { ExchangeCounts } from '../ports/exchange-counts.ts';
import type { ExchangeLimits } from '../ports/exchange-limits.ts';
import type { Logger } from '../ports/logger.ts';

export interface FullExchangesPorts {
  readonly exchangeCounts: ExchangeCounts;
  readonly limits: Pick<ProjectLimits, 'loggedMegabytesPerDay'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How many failures of a subscription are logged in full in a minute of the clock. */
export const FULL_FAILURES_PER_MINUTE = 10;

export const COMPACT_BECAUSE = {
  failures: `${FULL_FAILURES_PER_MINUTE} of this minute are in full`,
  bytes: 'the daily limit is reached',
  unknown: 'the limits could not be checked',
} as const;

const MINUTE_MS = 60_000;
/** DynamoDB bills writes in these units. */
const UNIT_BYTES = 1024;
/** More than the key and the seal of an item. */
const ITEM_BYTES = 256;
/** Names whose count is at its limit, with the end of that. */
const MAX_KNOWN = 10_000;

/**
 * Decides which attempts the request log keeps in full: at most ten failures of a subscription in a minute, and so many bytes
 * of a project in a day. All copies count together, so both hold exactly: a write for each subscription and one for each
 * project whenever attempts are recorded. A copy asks no more where it was refused, until the minute or the day is over.
 */
export class FullExchanges implements ExchangeLimits {
  readonly #ports: FullExchangesPorts;
  /** When names may ask again, in milliseconds since the epoch. */
  readonly #refused = new Map<string, number>();

  constructor(ports: FullExchangesPorts) {
    this.#ports = ports;
  }

  async choose(attempts: readonly RecordedAttempt[]): Promise<readonly RecordedAttempt[]> {
    const now = this.#ports.clock();
    const fewer = await eachGroup(attempts, isFailure, subscriptionOf, (id, group) =>
      this.#limitFailures(id, group, now - (now % MINUTE_MS)),
    );
    return eachGroup(
      fewer,
      ({ log }) => log === 'full',
      projectOf,
      (project, group) => this.#limitBytes(project, group, startOfDay(now)),
    );
  }

  async #limitFailures(id: string, group: readonly RecordedAttempt[], minute: number) {
    // Its bytes will be refused.
    if (group.every(({ project }) => this.#isRefused(`project ${project}`))) return group;
    const count = await this.#count(`subscription ${id}`, minute + MINUTE_MS, FULL_FAILURES_PER_MINUTE, () =>
      this.#ports.exchangeCounts.addFailures(id, minute, group.length),
    );
    if (count === null) return group.map((attempt) => compact(attempt, 'unknown'));
    const left = FULL_FAILURES_PER_MINUTE - (count - group.length);
    return group.map((attempt, index) => (index < left ? attempt : compact(attempt, 'failures')));
  }

  async #limitBytes(project: string, group: readonly RecordedAttempt[], day: number) {
    const bytes = group.reduce((sum, attempt) => sum + billedBytes(attempt), 0);
    const most = this.#ports.limits.loggedMegabytesPerDay * BYTES_PER_MEGABYTE;
    const count = await this.#count(`project ${project}`, day + DAY_MS, most, () =>
      this.#ports.exchangeCounts.addBytes(project, day, bytes),
    );
    if (count === null) return group.map((attempt) => compact(attempt, 'unknown'));
    return count <= most ? group : group.map((attempt) => compact(attempt, 'bytes'));
  }

  /** Return a count after an addition; infinity if it is known to be over its limit, and null if it failed. */
  async #count(name: string, until: number, most: number, add: () => Promise<number>) {
    if (this.#isRefused(name)) return Number.POSITIVE_INFINITY;
    try {
      const count = await add();
      if (count >= most) this.#refuse(name, until);
      return count;
    } catch (error) {
      this.#ports.log.warn('exchanges not counted', { name, error });
      return null;
    }
  }

  #isRefused(name: string): boolean {
    return (this.#refused.get(name) ?? 0) > this.#ports.clock();
  }

  #refuse(name: string, until: number): void {
    if (this.#refused.size >= MAX_KNOWN) this.#refused.clear();
    this.#refused.set(name, until);
  }
}

const isFailure = ({ outcome }: RecordedAttempt) => outcome === 'failure';
const subscriptionOf = ({ subscriptionId }: RecordedAttempt) => subscriptionId;
const projectOf = ({ project }: RecordedAttempt) => project;

const compact = (attempt: RecordedAttempt, why: keyof typeof COMPACT_BECAUSE): RecordedAttempt => ({
  ...attempt,
  log: 'compact',
  compactBecause: COMPACT_BECAUSE[why],
});

/** The bytes that DynamoDB would bill for writing an exchange that cannot be compressed. */
const billedBytes = ({ request, redirects, response }: RecordedAttempt) =>
  Math.ceil((Buffer.byteLength(JSON.stringify({ request, redirects, response })) + ITEM_BYTES) / UNIT_BYTES) *
  UNIT_BYTES;

/** Replace some of the attempts, by groups, and leave the others in their places. */
async function eachGroup(
  attempts: readonly RecordedAttempt[],
  isMeant: (attempt: RecordedAttempt) => boolean,
  nameOf: (attempt: RecordedAttempt) => string,
  replace: (name: string, group: readonly RecordedAttempt[]) => Promise<readonly RecordedAttempt[]>,
): Promise<readonly RecordedAttempt[]> {
  const groups = Map.groupBy(attempts.filter(isMeant), nameOf);
  const replaced = new Map<RecordedAttempt, RecordedAttempt>();
  await Promise.all(
    [...groups].map(async ([name, group]) => {
      for (const [index, each] of (await replace(name, group)).entries()) {
        const before = group[index];
        if (before !== undefined) replaced.set(before, each);
      }
    }),
  );
  return attempts.map((attempt) => replaced.get(attempt) ?? attempt);
}
