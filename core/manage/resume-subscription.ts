import type { Subscription } from '../model/subscription.ts';
import { type ChangeSubscriptionPorts, changeSubscription } from './change-subscription.ts';
import { type EndPausePorts, endPause } from './end-pause.ts';
import { getSubscription } from './get-subscription.ts';

export type ResumePorts = ChangeSubscriptionPorts & EndPausePorts;

/** Have a subscription send again, whether it was disabled, paused by its owner, or paused because its endpoint is down. */
export async function resumeSubscription(
  ports: ResumePorts,
  project: string,
  id: string,
): Promise<Subscription> {
  const { enabled, paused } = await getSubscription(ports, project, id);
  if (!enabled || paused) await changeSubscription(ports, project, id, { enabled: true, paused: false });
  return endPause(ports, project, id);
}
