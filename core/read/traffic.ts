import {
  addTraffic,
  durationQuantile,
  NO_TRAFFIC,
  startOf,
  type Traffic,
  type TrafficSpan,
} from '../model/traffic.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';

export interface TrafficStep {
  /** When it begins, ISO 8601 UTC. */
  readonly at: string;
  readonly succeeded: number;
  readonly retrying: number;
  readonly failed: number;
  /** Milliseconds; null without attempts. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Return the attempts of a project over time, step by step, including steps without attempts. */
export async function trafficOver(
  { trafficStore }: { readonly trafficStore: Pick<TrafficStore, 'read'> },
  project: string,
  { since, until, stepMs }: TrafficSpan,
): Promise<TrafficStep[]> {
  // A span in the future, or from before the oldest kept attempt, is empty.
  if (since >= until) return [];
  const steps = new Map<number, Traffic>();
  for (let at = since; at < until; at += stepMs) steps.set(at, NO_TRAFFIC);
  for (const stretch of await trafficStore.read(project, since, until)) {
    const at = startOf(stretch.at, stepMs);
    steps.set(at, addTraffic(steps.get(at) ?? NO_TRAFFIC, stretch));
  }
  return [...steps].map(([at, traffic]) => {
    const { succeeded, retrying, failed } = traffic;
    const [p50Ms, p95Ms] = [durationQuantile(traffic, 0.5), durationQuantile(traffic, 0.95)];
    return { at: new Date(at).toISOString(), succeeded, retrying, failed, p50Ms, p95Ms };
  });
}
