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
  /** Milliseconds; null where there was no attempt. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** A project's attempts over time, step by step, also those in which there was none. */
export async function trafficOver(
  store: Pick<TrafficStore, 'read'>,
  project: string,
  { since, until, stepMs }: TrafficSpan,
): Promise<TrafficStep[]> {
  // Nothing is left of a span that has yet to come, or was too long ago.
  if (since >= until) return [];
  const steps = new Map<number, Traffic>();
  for (let at = since; at < until; at += stepMs) steps.set(at, NO_TRAFFIC);
  for (const stretch of await store.read(project, since, until)) {
    const at = startOf(stretch.at, stepMs);
    steps.set(at, addTraffic(steps.get(at) ?? NO_TRAFFIC, stretch));
  }
  return [...steps].map(([at, traffic]) => {
    const { succeeded, retrying, failed } = traffic;
    const [p50Ms, p95Ms] = [durationQuantile(traffic, 0.5), durationQuantile(traffic, 0.95)];
    return { at: new Date(at).toISOString(), succeeded, retrying, failed, p50Ms, p95Ms };
  });
}
