import type { Subscription } from '../../../core/model/subscription.ts';
import type { FlowMode } from './functions.ts';

interface Stay {
  readonly mode: FlowMode;
  readonly from: number;
  to: number;
}

/** The modes in which watched subscriptions were, from samples. */
export class Modes {
  readonly #stays = new Map<string, Stay[]>();
  readonly watched: Pick<Subscription, 'project' | 'id'>[] = [];

  watch(subscription: Subscription): void {
    this.watched.push(subscription);
    this.#stays.set(subscription.id, []);
  }

  note(id: string, at: number, mode: FlowMode): void {
    const stays = this.#stays.get(id) ?? [];
    const last = stays.at(-1);
    if (last !== undefined) last.to = at;
    if (last?.mode !== mode) stays.push({ mode, from: at, to: at });
  }

  /** Return the share of the time in a mode, from 0 to 1. */
  share(mode: FlowMode): number {
    const all = [...this.#stays.values()].flat();
    const length = (stays: readonly Stay[]) => stays.reduce((sum, { from, to }) => sum + to - from, 0);
    return length(all.filter((stay) => stay.mode === mode)) / Math.max(1, length(all));
  }

  /** Return how often a subscription got into a mode. */
  times(mode: FlowMode): number {
    return [...this.#stays.values()].flat().filter((stay) => stay.mode === mode).length;
  }

  /** Return when one was first seen in one of these modes from a time on; Infinity if never. */
  firstIn(modes: readonly FlowMode[], from: number): number {
    const found = [...this.#stays.values()]
      .flat()
      .filter(({ mode, to }) => modes.includes(mode) && to >= from)
      .map((stay) => Math.max(from, stay.from));
    return Math.min(...found);
  }
}
