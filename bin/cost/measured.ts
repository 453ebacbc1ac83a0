import measured from '../../docs/performance/units-cases.json' with { type: 'json' };
import type { Item } from './prices.ts';

/** What is counted beside the items that have a price. */
type Counted =
  /** Gigabytes of the functions that wait for an endpoint, times the number of times that they do, one after the other. */
  | 'endpointGb'
  /** Write units that went into digests of attempts; `dynamodbWrites` includes them. */
  | 'digestWrites'
  | 'tableBytes'
  | 'indexBytes';

/** Quantities of an event. */
export type Used = Readonly<Partial<Record<Item | Counted, number>>>;

/** Events of one kind, as `npm run bench -- units` has counted what they use. */
export interface Case {
  readonly via: 'https' | 'queue';
  /** Events of a request and of an invocation: 1 or 10. */
  readonly together: number;
  readonly subscribers: number;
  /** Whether the first attempt failed, and the second did not. */
  readonly isRetried: boolean;
  readonly payloadBytes: number;
  readonly used: Used;
}

const CASES = measured.cases as readonly Case[];

/** The day of the run, as in 2026-11-30. */
export const MEASURED_AT: string = measured.at;

/** Add up quantities, each times its factor. */
export function combine(...parts: readonly (readonly [factor: number, used: Used])[]): Used {
  const sum: Record<string, number> = {};
  for (const [factor, used] of parts)
    for (const [name, quantity] of Object.entries(used)) sum[name] = (sum[name] ?? 0) + factor * quantity;
  return sum;
}

type Kind = Omit<Case, 'used' | 'payloadBytes'>;

/**
 * Return what an event of a kind uses with so many bytes of data: between two sizes that were measured, in proportion; beyond
 * them, as between the nearest two.
 *
 * @throws Error if the kind was not measured
 */
export function usedBy(kind: Kind, payloadBytes: number): Used {
  const all = CASES.filter(
    ({ via, together, subscribers, isRetried }) =>
      via === kind.via &&
      together === kind.together &&
      subscribers === kind.subscribers &&
      isRetried === kind.isRetried,
  );
  const above = all.findIndex((each) => each.payloadBytes >= payloadBytes);
  const at = above === -1 ? all.length - 1 : Math.max(1, above);
  const [below, beyond] = [all[at - 1], all[at]];
  if (below === undefined || beyond === undefined) throw new Error(`Not measured: ${JSON.stringify(kind)}`);
  const share = (payloadBytes - below.payloadBytes) / (beyond.payloadBytes - below.payloadBytes);
  return combine([1 - share, below.used], [share, beyond.used]);
}
