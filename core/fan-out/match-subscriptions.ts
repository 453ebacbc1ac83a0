import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { Allowance } from '../engines/template/meter.ts';
import type { Clock } from '../kernel/clock.ts';
import { asError } from '../kernel/errors.ts';
import type { JsonText } from '../kernel/json-text.ts';
import { eventText } from '../model/event.ts';
import { patternsOf } from '../model/event-pattern.ts';
import { conditionMark } from '../model/subscription.ts';
import type { Binding, BindingStore } from '../ports/binding-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { FanOutStep, Position } from './fan-out-step.ts';

export interface FindWantingDependencies {
  readonly bindings: BindingStore;
  /** May be up to 10 s old. Only those that have a condition are looked at. */
  readonly subscriptions: Pick<SubscriptionStore, 'get'> & {
    readonly forget: (project: string, id: string) => void;
  };
  readonly clock: Clock;
  /** Deliveries that one invocation makes of one event before it leaves the rest to a continuation. */
  readonly deliveriesPerStep: number;
}

const BINDINGS_PER_PAGE = 100;
/** A step of large events has fewer deliveries: a batch of ten steps must fit into a function's memory and time. */
const BYTES_PER_STEP = 8 * 1024 * 1024;

/**
 * For the conditions of one event, of which a usual one takes some dozen: about a tenth of a second. Who has hundreds of
 * costly ones must not hold up the other projects' events in the batch, so the rest is left to the deliveries.
 */
const CONDITION_STEPS = 300_000;

/** Whom a step's event goes to, and where the next step goes on; null if there is none. */
export interface Wanted {
  readonly step: FanOutStep;
  readonly text: JsonText;
  readonly subscriptionIds: readonly string[];
  readonly rest: Position | null;
}

/** For the steps of a batch of one project's events, whose bindings are read once: whom each goes to, or what befell it. */
export async function findWanting(
  dependencies: FindWantingDependencies,
  steps: readonly FanOutStep[],
): Promise<{ readonly wanted: readonly Wanted[]; readonly failed: ReadonlyMap<FanOutStep, Error> }> {
  const bindings = readOnce(dependencies.bindings);
  const failed = new Map<FanOutStep, Error>();
  const wanted = await Promise.all(
    steps.map(async (step) => {
      try {
        return [await findForOne({ ...dependencies, bindings }, step)];
      } catch (error) {
        failed.set(step, asError(error));
        return [];
      }
    }),
  );
  return { wanted: wanted.flat(), failed };
}

/** The subscriptions that are bound to the event's type or a wildcard of it; none for an event that is suppressed. */
async function findForOne(dependencies: FindWantingDependencies, step: FanOutStep): Promise<Wanted> {
  const { bindings, deliveriesPerStep, clock } = dependencies;
  const { event } = step;
  const text = eventText(event);
  if (event.suppress) return { step, text, subscriptionIds: [], rest: null };
  const scope = new EventScope(event, clock());
  const allowance = new Allowance(CONDITION_STEPS);
  const perStep = Math.max(1, Math.min(deliveriesPerStep, Math.floor(BYTES_PER_STEP / text.length)));
  const patterns = patternsOf(event.type);
  const subscriptionIds: string[] = [];
  let { pattern, cursor } = step.from;
  const isFirst = pattern === 0 && cursor === null;
  if (isFirst) await readAhead(bindings, event.project, patterns, Math.min(BINDINGS_PER_PAGE, perStep));
  let looked = 0;
  for (let name = patterns[pattern]; name !== undefined; name = patterns[pattern]) {
    if (looked >= perStep) return { step, text, subscriptionIds, rest: { pattern, cursor } };
    const limit = Math.min(BINDINGS_PER_PAGE, perStep - looked);
    const page = await bindings.page(event.project, name, { limit, cursor });
    subscriptionIds.push(...(await wantingOnly(dependencies, event.project, page.items, scope, allowance)));
    looked += page.items.length;
    cursor = page.cursor;
    if (cursor === null) pattern++;
  }
  return { step, text, subscriptionIds, rest: null };
}

/** The beginnings of all patterns at once: most have an end there, and one after the other they would take as long again. */
async function readAhead(
  bindings: BindingStore,
  project: string,
  patterns: readonly string[],
  limit: number,
): Promise<void> {
  await Promise.all(patterns.map((pattern) => bindings.page(project, pattern, { limit, cursor: null })));
}

/** Without those whose condition does not hold. */
async function wantingOnly(
  { subscriptions }: Pick<FindWantingDependencies, 'subscriptions'>,
  project: string,
  bound: readonly Binding[],
  scope: EventScope,
  allowance: Allowance,
): Promise<string[]> {
  const wanting = await Promise.all(
    bound.map(async ({ subscriptionId, condition }) => {
      if (condition === null) return [subscriptionId];
      let subscription = await subscriptions.get(project, subscriptionId);
      if (subscription !== null && conditionMark(subscription.condition) !== condition) {
        // Remembered from before its condition was changed: the binding knows better.
        subscriptions.forget(project, subscriptionId);
        subscription = await subscriptions.get(project, subscriptionId);
      }
      return subscription !== null && mayMatch(subscription.condition, scope, allowance)
        ? [subscriptionId]
        : [];
    }),
  );
  return wanting.flat();
}

/** Bindings for a batch of one project's events, mostly of the same few types: what is asked twice is read once. */
function readOnce({ page }: BindingStore): BindingStore {
  const pages = new Map<string, ReturnType<BindingStore['page']>>();
  return {
    page(project, pattern, request) {
      const name = JSON.stringify([pattern, request.limit, request.cursor]);
      const known = pages.get(name) ?? page(project, pattern, request);
      pages.set(name, known);
      return known;
    },
  };
}
