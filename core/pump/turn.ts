import { changeFlow } from '../flow/change-flow.ts';
import { probeWait } from '../flow/probe-schedule.ts';
import { DIRECT, type Flow } from '../model/flow.ts';
import type { FlowState } from '../model/flow-state.ts';
import { isDirect, type Subscription } from '../model/subscription.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { Lease } from '../ports/flow-store.ts';
import { Arrivals } from './arrivals.ts';
import { AFTER_FAULTS_MS, giveBack, giveBackAfterFault } from './give-back.ts';
import { HeldLease } from './held-lease.ts';
import { nextDueAt } from './next-due.ts';
import { openFeed } from './open-feed.ts';
import { Pace } from './pace.ts';
import { probe } from './probe.ts';
import { probeSample } from './probe-sample.ts';
import { EVERYTHING } from './pulled.ts';
import type { PumpInvocation } from './pump-invocation.ts';
import { Refill } from './refill.ts';
import { Sending } from './sending.ts';
import { type Task, taskOf } from './task.ts';

/** A turn begins no request after so long: thousands of pumps share a lane. */
const TURN_MS = 20_000;
/** An endpoint that asked for fewer requests becomes direct so long after. */
const UNLIMITED_MS = 15 * 60_000;

/**
 * One turn of a subscription's pump, unless another pump has the mailbox: it probes, or sends what is due. After a fault of
 * ours the next turn begins in 30 s. This throws only if the mailbox could not be given back.
 */
export async function takeTurn(invocation: PumpInvocation, lease: Lease): Promise<void> {
  const held = await HeldLease.take(invocation.ports, lease);
  if (held === null) return;
  try {
    await new Turn(invocation, lease, held).run();
  } catch (error) {
    const { project, subscriptionId } = lease;
    invocation.ports.log.error('turn not completed', { project, subscriptionId, error });
    await giveBackAfterFault(invocation.ports, lease, held);
  } finally {
    held.stop();
  }
}

class Turn {
  readonly #invocation: PumpInvocation;
  readonly #lease: Lease;
  readonly #held: HeldLease;
  /** Notes the deliveries that arrive while the endpoint is probed. */
  #arrivals: Arrivals | null = null;
  #hadFaults = false;
  /** Whether it has found that nothing waits at all. */
  #isEmpty = false;

  constructor(invocation: PumpInvocation, lease: Lease, held: HeldLease) {
    this.#invocation = invocation;
    this.#lease = lease;
    this.#held = held;
  }

  async run(): Promise<void> {
    const { cachedSubscriptions, clock } = this.#invocation.ports;
    const { project, subscriptionId } = this.#lease;
    const until = clock() + TURN_MS;
    // A pump must send to where the subscription points now.
    cachedSubscriptions.forget(project, subscriptionId);
    let subscription = await this.#load();
    let { state } = this.#held.item;
    if (subscription !== null && taskOf(subscription) === 'probe') {
      this.#arrivals = await Arrivals.watch(this.#invocation.ports.mailbox, subscriptionId, clock());
      const sample = await this.#sample(subscription, until);
      this.#isEmpty = !(await probe(this.#invocation, subscription, state, sample));
      if (this.#isEmpty) return this.#release(null);
      // Someone may have resumed it meanwhile.
      cachedSubscriptions.forget(project, subscriptionId);
      subscription = await this.#load();
      state = (await this.#invocation.ports.flows.get(subscriptionId))?.state ?? state;
    }
    const task = taskOf(subscription);
    if (task === 'send' || task === 'end') await this.#send(task, state, until);
    else await this.#release(task === 'probe' ? this.#nextProbeAt(state) : null);
  }

  /** Return deliveries to probe with. If none waits, the replay that runs puts some. */
  async #sample(subscription: Subscription, until: number): Promise<WaitingDelivery[]> {
    const { ports } = this.#invocation;
    const take = () => probeSample(this.#invocation, subscription);
    let sample = await take();
    const refill = sample.length === 0 ? await Refill.of(ports, subscription.id) : null;
    while (sample.length === 0 && refill !== null && ports.clock() < until) {
      if (!(await refill.next(subscription, 1))) break;
      sample = await take();
    }
    return sample;
  }

  #load(): Promise<Subscription | null> {
    const { project, subscriptionId } = this.#lease;
    return this.#invocation.ports.cachedSubscriptions.get(project, subscriptionId);
  }

  async #send(task: Task, state: FlowState, until: number): Promise<void> {
    const { ports } = this.#invocation;
    const { clock, flows, log } = ports;
    const { project, subscriptionId } = this.#lease;
    const startedAt = clock();
    const unlimited = { rateLimit: null, maxInFlight: null };
    const pace = new Pace(state.pace, unlimited, startedAt);
    const pull = task === 'end' ? EVERYTHING : state.pull;
    const refill = await Refill.of(ports, subscriptionId);
    if (task === 'end') await refill?.cancel();
    let current: Subscription | null = null;
    const feed = await openFeed(ports.mailbox, subscriptionId, await this.#load(), pull, startedAt);
    const sending = new Sending(this.#invocation, {
      ...{ held: this.#held, pace, feed, until },
      load: async () => {
        current = await this.#load();
        pace.limits = current ?? unlimited;
        return taskOf(current) === task ? current : 'stop';
      },
      refill: async () =>
        refill !== null && current !== null && (await refill.next(current, 2 * pace.atOnce)),
      // Under steady traffic the mailbox is never empty for long enough to be seen.
      isEarned: () => pace.state.perSecond === null && this.#directFlow(current, state, pace) !== null,
    });
    const nothingDue = await sending.run();
    const { attempts, faults } = sending;
    this.#hadFaults = faults > 0;
    // A delivery that met a fault of ours is still in the mailbox.
    const isEmpty = nothingDue && !this.#hadFaults;
    await this.#invocation.flush();
    const { window, perSecond } = pace.state;
    if (attempts > 0) {
      const durationMs = clock() - startedAt;
      log.info('mailbox pumped', { project, subscriptionId, attempts, durationMs, window, perSecond });
    }
    // Another pump may have taken over, and stored what it has learnt.
    if (!this.#held.isValid) return this.#release(clock());
    const subscription = await this.#load();
    const after = await flows.change(project, subscriptionId, (known) => ({
      ...known,
      pace: pace.state,
      // Someone may have asked for another pull meanwhile.
      pull: isEmpty && (pull === EVERYTHING || known.pull?.before === pull?.before) ? null : known.pull,
    }));
    if (isEmpty && subscription !== null) await this.#earnDirect(subscription, after, pace);
    await this.#release(await this.#nextTurnAt(isEmpty, after));
  }

  /** Return when the next turn should begin; null if nothing waits or may be sent. */
  async #nextTurnAt(isEmpty: boolean, state: FlowState): Promise<number | null> {
    const { ports } = this.#invocation;
    const now = ports.clock();
    const subscription = await this.#load();
    switch (taskOf(subscription)) {
      case 'wait':
        return null;
      case 'probe':
        return this.#nextProbeAt((await ports.flows.get(this.#lease.subscriptionId))?.state ?? state);
      default: {
        const { subscriptionId } = this.#lease;
        const dueAt =
          isEmpty && state.pull === null
            ? await nextDueAt(ports.mailbox, subscriptionId, subscription, now)
            : now;
        this.#isEmpty = dueAt === null;
        return this.#hadFaults && dueAt !== null ? Math.max(dueAt, now + AFTER_FAULTS_MS) : dueAt;
      }
    }
  }

  /** Without a schedule, somebody else has just paused the endpoint. */
  #nextProbeAt({ nextProbeAt }: FlowState): number {
    const { clock, random } = this.#invocation.ports;
    return nextProbeAt ?? clock() + probeWait(0, random());
  }

  /** Make the endpoint direct if the last results are good enough and nothing that is due is left. */
  async #earnDirect(subscription: Subscription, state: FlowState, pace: Pace): Promise<void> {
    const flow = this.#directFlow(subscription, state, pace);
    if (flow !== null) await changeFlow(this.#invocation.ports, subscription, flow);
  }

  /** Return the flow that makes a paced endpoint direct, or null if it has not earned that. */
  #directFlow(subscription: Subscription | null, { limitedAt }: FlowState, pace: Pace): Flow | null {
    if (subscription?.flow.mode !== 'paced') return null;
    const now = this.#invocation.ports.clock();
    const { watchedSince } = subscription.flow;
    const direct: Flow = { ...DIRECT, since: new Date(now).toISOString(), watchedSince };
    const isUnlimited = limitedAt === null || now - limitedAt >= UNLIMITED_MS;
    return isDirect({ ...subscription, flow: direct }) && pace.isHealthy && isUnlimited ? direct : null;
  }

  #release(nextTurnAt: number | null): Promise<void> {
    const found = {
      nextTurnAt,
      isEmpty: this.#isEmpty,
      hadFaults: this.#hadFaults,
      arrivals: this.#arrivals,
    };
    return giveBack(this.#invocation.ports, this.#lease, this.#held, found);
  }
}
