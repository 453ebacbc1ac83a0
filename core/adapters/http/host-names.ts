import type { LookupAddress } from 'node:dns';
import type { AnswerCache } from './answer-cache.ts';
import type { Resolve } from './resolve.ts';

/** Who needs the addresses of a name. */
export interface Asker {
  /** Called if the look-up must wait until others of the project have ended. {@link begins} follows, unless it is given up. */
  waits(): void;
  begins(): void;
  found(addresses: readonly LookupAddress[]): void;
}

interface LookUp {
  readonly askers: Set<Asker>;
  isRunning: boolean;
}

interface Share {
  running: number;
  /** Look-ups that run or wait, by name and in order of arrival. */
  readonly lookUps: Map<string, LookUp>;
}

/** The look-ups of a project at once. An invocation serves few projects, so together they need no limit. */
const AT_ONCE = 16;

/**
 * Looks up host names for the requests of one invocation. Names with silent name servers hold up other names of their project
 * only.
 */
export class HostNames {
  readonly #resolve: Resolve;
  readonly #answers: AnswerCache;
  readonly #shares = new Map<string, Share>();
  readonly #closing = new AbortController();

  constructor(resolve: Resolve, answers: AnswerCache) {
    this.#resolve = resolve;
    this.#answers = answers;
  }

  /** Find the addresses of a name, none if it has none. `found` is never called at once. Return a function that gives up. */
  find(project: string, hostname: string, asker: Asker): () => void {
    const known = this.#answers.get(project, hostname);
    if (known !== null) {
      queueMicrotask(() => asker.found(known));
      return () => {};
    }
    const share = this.#shares.get(project) ?? { running: 0, lookUps: new Map() };
    this.#shares.set(project, share);
    const lookUp = share.lookUps.get(hostname) ?? { askers: new Set(), isRunning: false };
    share.lookUps.set(hostname, lookUp);
    this.#beginNext(project, share);
    lookUp.askers.add(asker);
    if (!lookUp.isRunning) asker.waits();
    return () => {
      lookUp.askers.delete(asker);
      // One that runs goes on: its answer will be needed again.
      if (lookUp.askers.size === 0 && !lookUp.isRunning) share.lookUps.delete(hostname);
    };
  }

  /** End all look-ups. Nobody is told. */
  close(): void {
    this.#closing.abort();
  }

  #beginNext(project: string, share: Share): void {
    if (share.running >= AT_ONCE) return;
    const [next] = [...share.lookUps].filter(([, { isRunning }]) => !isRunning);
    if (next === undefined) return;
    const [hostname, lookUp] = next;
    share.running++;
    lookUp.isRunning = true;
    for (const asker of lookUp.askers) asker.begins();
    void this.#run(project, share, hostname, lookUp);
  }

  async #run(project: string, share: Share, hostname: string, { askers }: LookUp): Promise<void> {
    const answer = await this.#resolve(hostname, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    this.#answers.set(project, hostname, answer);
    share.running--;
    share.lookUps.delete(hostname);
    this.#beginNext(project, share);
    for (const asker of askers) asker.found(answer.addresses);
  }
}
