import type { RenderFault } from '../kernel/errors.ts';

/** A sample or an event that does not fit what was saved. */
export interface Misfit {
  /** Its event type. */
  readonly type: string;
  /** Null for a sample. */
  readonly eventId: string | null;
  /** The number of a sample among those of its type, from 1. Null for an event. */
  readonly sample: number | null;
  /** Why, as of a preview or of an event that is refused. */
  readonly detail: string;
  /** Which setting is at fault, and where, if it is known. */
  readonly fault?: RenderFault;
}

/**
 * What does not fit settings that were saved. `render`: no request can be made from it. `schema`: it does not satisfy the schema.
 * `unchecked`: nobody knows, because the check itself failed or took too long.
 */
export interface FitWarning {
  readonly kind: 'render' | 'schema' | 'unchecked';
  /** A sentence for people. */
  readonly detail: string;
  /** How many samples and events were checked. */
  readonly checked: number;
  /** How many of these do not fit. */
  readonly failed: number;
  /** Whether there are more, which the check had no time or no room for. */
  readonly stoppedEarly: boolean;
  /** The first of those that do not fit: samples, then the latest events. At most {@link MAX_MISFITS}. */
  readonly misfits: readonly Misfit[];
}

export const MAX_MISFITS = 10;

const SENTENCES: Readonly<Record<FitWarning['kind'], (failed: number, checked: number) => string>> = {
  render: (failed, checked) =>
    `Samples and events checked: ${checked}. No request can be made from ${failed} of them.`,
  schema: (failed, checked) =>
    `Samples and events checked: ${checked}. Of these, ${failed} ${failed === 1 ? 'does' : 'do'} not satisfy the schema.`,
  unchecked: () =>
    'The settings are saved. Whether the samples and the latest events fit could not be checked.',
};

/** Return a warning with its sentence. */
export const fitWarning = (
  kind: FitWarning['kind'],
  found: Omit<FitWarning, 'kind' | 'detail'>,
): FitWarning => ({ kind, detail: SENTENCES[kind](found.failed, found.checked), ...found });

/** Name a misfit to people: `event evt_1 of invoice.paid`. */
export const nameOfMisfit = ({ type, eventId, sample }: Misfit): string =>
  eventId === null ? `sample ${sample} of ${type}` : `event ${eventId} of ${type}`;
