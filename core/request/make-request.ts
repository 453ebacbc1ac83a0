import type { EventScope } from '../customer-code/event-scope.ts';
import type { Event } from '../model/event.ts';
import type { OutgoingRequest } from '../model/outgoing-request.ts';
import type { Subscription } from '../model/subscription.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Formats } from './formats.ts';
import { outgoingRequest } from './request.ts';

export interface MakeRequestDependencies {
  readonly formats: Formats;
  /** May be up to 10 s old. Looked at only for formats that need it. */
  readonly projects: Pick<ProjectStore, 'get'>;
}

/**
 * Makes the request that a subscription gets for an event at this time (milliseconds since the epoch).
 *
 * @throws RenderError if none can be made of it
 */
export function makeRequest({ formats, projects }: MakeRequestDependencies) {
  return async (
    subscription: Subscription,
    event: Event,
    now: number,
    scope?: EventScope,
  ): Promise<OutgoingRequest> => {
    const project = formats[subscription.format]?.needsProject ? await projects.get(event.project) : null;
    return outgoingRequest(subscription, event, formats, now, { scope, project });
  };
}

export type MakeRequest = ReturnType<typeof makeRequest>;
