import { countedMailbox } from '../flow/counted-mailbox.ts';
import { endedJob } from '../model/job.ts';
import { isRunning, type ReplayJob } from '../model/replay-job.ts';
import type { Subscription } from '../model/subscription.ts';
import type { PumpPorts } from './ports.ts';
import { type ReplayedPage, readReplayed } from './replayed-deliveries.ts';

/** The fewest events of a page: each page costs a read of every shard of the log. */
const FEWEST = 10;
const MOST = 100;

/**
 * Refills a mailbox from the event log while a replay runs. A page is put when nothing else is due, so that live deliveries wait
 * for one page at most. Its deliveries are written before the progress: a pump that dies in between puts the same ones again.
 */
export class Refill {
  readonly #ports: PumpPorts;
  #job: ReplayJob;
  /** The page after the last one. It is read while the endpoint is busy with that. */
  #ahead: Promise<ReplayedPage> | null = null;
  #limit = FEWEST;

  /** Return the refill of a subscription whose replay runs, or null. */
  static async of(ports: PumpPorts, subscriptionId: string): Promise<Refill | null> {
    const job = await ports.jobs.running(subscriptionId);
    return job && new Refill(ports, job);
  }

  private constructor(ports: PumpPorts, job: ReplayJob) {
    this.#ports = ports;
    this.#job = job;
  }

  /**
   * Put the next page.
   *
   * @param wanted about how many deliveries the endpoint takes soon
   * @returns whether there may be further ones
   */
  async next(subscription: Subscription, wanted: number): Promise<boolean> {
    if (!isRunning(this.#job)) return false;
    if (!isWanted(subscription, this.#job)) {
      await this.cancel();
      return false;
    }
    const { deliveries, next } = await (this.#ahead ?? this.#read(subscription));
    this.#ahead = null;
    await countedMailbox(this.#ports).write(deliveries);
    await this.#replace(next);
    this.#limit = limitAfter(this.#limit, deliveries.length, wanted);
    if (isRunning(this.#job)) this.#ahead = this.#read(subscription);
    return true;
  }

  /** End a replay that nobody wants any more. */
  cancel(): Promise<void> {
    return this.#replace(endedJob(this.#job, 'cancelled', this.#ports.clock()));
  }

  #read(subscription: Subscription): Promise<ReplayedPage> {
    const page = readReplayed(this.#ports, this.#job, subscription, this.#limit);
    // A turn that ends before it needs the page does not look at what became of it.
    page.catch(() => {});
    return page;
  }

  async #replace(next: ReplayJob): Promise<void> {
    const { jobs, log } = this.#ports;
    const { project, subscriptionId, id: replayId } = next;
    const isReplaced = await jobs.replace(this.#job, next);
    // Someone has cancelled it, or another pump goes on with it.
    this.#job = isReplaced ? next : { ...next, state: 'cancelled' };
    if (isReplaced && !isRunning(next))
      log.info('replay ended', {
        project,
        subscriptionId,
        replayId,
        outcome: next.state,
        deliveries: next.done,
      });
  }
}

/** Return how many events to read next, so that about as many deliveries as are wanted are among them. */
function limitAfter(limit: number, found: number, wanted: number): number {
  const next = found > wanted ? Math.floor(limit / 2) : found < wanted / 2 ? limit * 2 : limit;
  return Math.min(MOST, Math.max(FEWEST, next));
}

const isWanted = (subscription: Subscription, { requestedAt }: ReplayJob): boolean =>
  subscription.cancelledUntil === null || subscription.cancelledUntil < requestedAt;
