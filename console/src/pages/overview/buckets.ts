import type { Traffic } from '../../api/types.ts';

type Step = Traffic['data'][number];

/** More bars than this are a hatching. */
const MAX_BARS = 100;

/** Steps put together by a few, so that each bar can be seen: counts are added, of times the longest counts. */
export function bucketsOf(steps: readonly Step[]): Step[] {
  const size = Math.ceil(steps.length / MAX_BARS);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, index) =>
    steps.slice(index * size, (index + 1) * size).reduce(together),
  );
}

function together(a: Step, b: Step): Step {
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
