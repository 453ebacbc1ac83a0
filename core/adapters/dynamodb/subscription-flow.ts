import { DIRECT, type Flow } from '../../model/flow.ts';
import type { Item } from './table.ts';

/** What versions before 0.2 wrote to a subscription whose endpoint failed. */
export const BREAKER_ATTRIBUTES = [
  'failures',
  'outages',
  'firstFailureAt',
  'openedAt',
  'lastSuccessAt',
] as const;

/** Return the flow of a subscription's item. In versions before 0.2, an endpoint was direct unless its breaker was open. */
export function toFlow({ flow, openedAt }: Item): Flow {
  if (flow !== undefined) return flow as Flow;
  if (typeof openedAt !== 'string') return DIRECT;
  return { mode: 'paused', reason: 'down', since: openedAt, watchedSince: Date.parse(openedAt) };
}
