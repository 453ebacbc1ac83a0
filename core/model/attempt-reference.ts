import { shortHash } from '../kernel/ids.ts';
import type { Attempt } from './attempt.ts';

/** Says where an attempt is stored, or attempts that one item holds, with what lists filter by. */
export interface AttemptReference {
  readonly project: string;
  readonly subscriptionId: string;
  readonly outcome: Attempt['outcome'];
  /** The marks of the types of their events. */
  readonly types: readonly string[];
  /** When the newest was made, in milliseconds since the epoch. */
  readonly at: number;
  /** When the oldest was made, at most {@link REFERENCE_SPAN_MS} before the newest. */
  readonly from: number;
  /** When the retention of the last one ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly place: AttemptPlace;
}

/** The key of an attempt, or of the successes of an event batch that were recorded together. */
export type AttemptPlace =
  | { readonly eventId: string; readonly number: number; readonly replayId?: string }
  | { readonly eventBatch: string; readonly part: string };

/**
 * How far apart in time the attempts of a digest may be. A page merges digests by the time of their newest attempt, and looks back
 * so far for the older ones.
 */
export const REFERENCE_SPAN_MS = 2000;

const MARK_CHARACTERS = 6;

/** Return a few characters that stand for an event type. Two types may share them, so the attempts themselves decide. */
export const typeMark = (type: string): string => shortHash(type).slice(0, MARK_CHARACTERS);

/** What a reference says of attempts. */
type Referred = Pick<Attempt, 'at' | 'eventType'>;

/** Return the marks of the types of some attempts. */
export const typeMarks = (attempts: readonly Referred[]): string[] => [
  ...new Set(attempts.map(({ eventType }) => typeMark(eventType))),
];

/** Return the reference to an attempt that is stored alone. */
export function referenceTo(
  attempt: Attempt & Pick<AttemptReference, 'project' | 'expiresAt'> & { readonly replay?: { id: string } },
): AttemptReference {
  const { project, subscriptionId, outcome, expiresAt, eventId, number, replay } = attempt;
  const at = Date.parse(attempt.at);
  return {
    ...{ project, subscriptionId, outcome, types: typeMarks([attempt]), at, from: at, expiresAt },
    place: { eventId, number, ...(replay !== undefined && { replayId: replay.id }) },
  };
}

/** Divide attempts into groups that are close enough in time for one reference each, the oldest first. */
export function byReference<Some extends Referred>(oldestFirst: readonly Some[]): [Some, ...Some[]][] {
  const groups: [Some, ...Some[]][] = [];
  for (const attempt of oldestFirst) {
    const group = groups.at(-1);
    if (group !== undefined && Date.parse(attempt.at) - Date.parse(group[0].at) <= REFERENCE_SPAN_MS)
      group.push(attempt);
    else groups.push([attempt]);
  }
  return groups;
}
