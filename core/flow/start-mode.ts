import type { FlowMode } from '../model/flow.ts';
import type { FlowState } from '../model/flow-state.ts';
import type { Subscription } from '../model/subscription.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import { type WakePumpPorts, wakePump } from './wake-pump.ts';

export interface StartModePorts extends WakePumpPorts {
  readonly flows: Pick<FlowStore, 'change' | 'wake'>;
}

export interface ModeStart {
  readonly from: FlowMode;
  /** When the endpoint is probed, in milliseconds since the epoch; null unless the new mode is `paused`. */
  readonly nextProbeAt: number | null;
  /** What is due now, see {@link FlowState.pull}. */
  readonly pull?: FlowState['pull'];
}

/** Have a mode that has just begun start anew, and wake the pump. */
export async function startMode(
  ports: StartModePorts,
  { project, id }: Pick<Subscription, 'project' | 'id'>,
  start: ModeStart,
): Promise<void> {
  await ports.flows.change(project, id, (state) => startOf(state, start));
  await wakePump(ports, project, id, start.nextProbeAt ?? ports.clock());
}

/** The window of an endpoint that was direct until now: as many as one worker sent it at once. */
const FROM_DIRECT = 20;

function startOf(state: FlowState, { from, nextProbeAt, pull = state.pull }: ModeStart): FlowState {
  const window = from === 'direct' ? FROM_DIRECT : 1;
  // A rate that was learnt before the endpoint became direct is out of date.
  const perSecond = from === 'direct' ? null : state.pace.perSecond;
  const pace = { ...state.pace, window, threshold: null, perSecond, recent: '' };
  // What went wrong before a pause is over; an endpoint that is paced because it fails may be down.
  const run = from === 'paused' && { run: 0, runSince: null, runUntil: null };
  return {
    ...state,
    ...run,
    failedProbes: 0,
    probedAt: null,
    nextProbeAt,
    testedAt: null,
    pace,
    pull,
  };
}
