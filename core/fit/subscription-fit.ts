import { conditionHolds } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { RenderError } from '../kernel/errors.ts';
import type { Project } from '../model/project.ts';
import type { Subscription } from '../model/subscription.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { formats } from '../request/formats.ts';
import { makeRequest } from '../request/outgoing-request.ts';
import { type CheckFitPorts, checkFit, type Saved } from './check-fit.ts';
import type { FitLimits } from './fit-limits.ts';
import type { FitWarning } from './fit-warning.ts';

export interface SubscriptionFitPorts extends CheckFitPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
}

/** The settings that decide whether a request can be made from an event. */
const DECIDING = [
  'events',
  'condition',
  'url',
  'dynamicUrl',
  'dynamicOrigin',
  'format',
  'fields',
  'fieldsEncoding',
  'template',
] as const satisfies readonly (keyof Subscription)[];

/** Return whether a change names a setting that decides whether a request can be made from an event. */
export const decidesFit = (change: Partial<Record<keyof Subscription, unknown>>): boolean =>
  DECIDING.some((setting) => change[setting] !== undefined);

/** Return a warning if requests of a saved subscription cannot be made from samples or the latest events of its types. */
export async function subscriptionFit(
  ports: SubscriptionFitPorts,
  subscription: Subscription,
  limits?: FitLimits,
): Promise<FitWarning | null> {
  if (!dependsOnEvents(subscription)) return null;
  return checkFit(ports, toSaved(ports, subscription), limits);
}

/** Return whether a request may be impossible to make from an event: others are made from each. */
const dependsOnEvents = ({ condition, dynamicUrl, format }: Subscription): boolean =>
  condition !== null || dynamicUrl || formats[format]?.requires !== undefined;

function toSaved({ clock, ...ports }: SubscriptionFitPorts, subscription: Subscription): Saved {
  const { project, id, events: patterns, condition } = subscription;
  const now = clock();
  let known: Promise<Project | null> | undefined;
  // Looked up once for all events.
  const projects = {
    get: (id: string) => {
      known ??= ports.projects.get(id);
      return known;
    },
  };
  return {
    ...{ project, id, patterns, kind: 'render' },
    async judge(event, { allowance }) {
      const scope = new EventScope(event, now, allowance);
      let isAboutCondition = true;
      try {
        // No request is made from an event that the condition excludes: the template may rely on that.
        if (!conditionHolds(condition, scope.seenBy(subscription))) return null;
        isAboutCondition = false;
        await makeRequest(projects, subscription, event, now, { scope });
        return null;
      } catch (error) {
        if (!(error instanceof RenderError)) throw error;
        const { message, fault } = error;
        return { detail: isAboutCondition ? `The condition fails: ${message}` : message, fault };
      }
    },
  };
}
