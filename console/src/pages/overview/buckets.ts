import type { Traffic } from '../../api/types.ts';

type Step = Traffic['data'][number];

/** With more, bars are too thin to tell apart. */
const MAX_BARS = 100;

/** Merge adjacent steps so that there are at most 100 bars: counts are summed, and the longest duration is kept. */
export function bucketsOf(steps: readonly Step[]): Step[] {
  const size = Math.ceil(steps.length / MAX_BARS);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, index) =>
    steps.slice(index * size, (index + 1) * size).reduce(merge),
  );
}

function merge(a: Step, b: Step): Step {
  return {
    at: a.at,
    succeeded: a.succeeded + b.succeeded,
    retrying: a.retrying + b.retrying,
    failed: a.failed + b.failed,
    p50Ms: longest(a.p50Ms, b.p50Ms),
    p95Ms: longest(a.p95Ms, b.p95Ms),
  };
}

function longest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
