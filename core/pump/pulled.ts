import type { FlowState } from '../model/flow-state.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';

/** Return whether a delivery is due now although its time has not come. */
export const isPulled = (
  { failedAt = 0, outage = false }: Pick<WaitingDelivery, 'failedAt' | 'outage'>,
  pull: FlowState['pull'],
): boolean => pull !== null && failedAt <= pull.before && (pull.what === 'all' || outage);

export const EVERYTHING: FlowState['pull'] = { before: Number.POSITIVE_INFINITY, what: 'all' };
