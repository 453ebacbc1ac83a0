import { matchOf } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { Allowance } from '../engines/template/step-meter.ts';
import { asError } from '../kernel/errors.ts';
import { type Event, eventText } from '../model/event.ts';
import { isVouchedFor, matches, patternsOf } from '../model/event-pattern.ts';
import { conditionMark } from '../model/subscription.ts';
import type { Binding, BindingStore } from '../ports/binding-store.ts';
import type { FanOutPorts } from './ports.ts';
import type { FanOutStep } from './step.ts';

/** The subscriptions that a step's event goes to, and where the next step starts; null if there is none. */
export interface Matches {
  readonly step: FanOutStep;
  readonly subscriptionIds: readonly string[];
  /** The fingerprint of each subscription's condition that was found to hold. */
  readonly held: ReadonlyMap<string, string>;
  readonly rest: FanOutStep['from'] | null;
}

const BINDINGS_PER_PAGE = 100;
/** Large events have fewer deliveries per step: ten steps must fit into a function's memory and time. */
const BYTES_PER_STEP = 8 * 1024 * 1024;

/**
 * The steps of one project's conditions in one invocation, of which an ordinary condition takes a few dozen: about a tenth of a
 * second. Costly conditions must not hold up the other projects' events, so the deliveries evaluate the rest.
 */
export const conditionAllowance = () => new Allowance(300_000);

/** Match the events of one project with its subscriptions, reading each page of bindings once. */
export async function matchSubscriptions(
  ports: FanOutPorts,
  steps: readonly FanOutStep[],
  allowance: Allowance,
): Promise<{ readonly matched: readonly Matches[]; readonly failed: ReadonlyMap<FanOutStep, Error> }> {
  const bindings = readOnce(ports.bindings);
  const matched: Matches[] = [];
  const failed = new Map<FanOutStep, Error>();
  const results = steps.map(
    async (step) => [step, await matchEvent({ ...ports, bindings }, step, allowance).catch(asError)] as const,
  );
  for (const [step, result] of await Promise.all(results))
    if (result instanceof Error) failed.set(step, result);
    else matched.push(result);
  return { matched, failed };
}

/** Match an event with the subscriptions bound to its type or a wildcard of it; a suppressed event matches none. */
async function matchEvent(ports: FanOutPorts, step: FanOutStep, allowance: Allowance): Promise<Matches> {
  const { bindings, deliveriesPerStep, clock } = ports;
  const { event } = step;
  const { length } = eventText(event);
  if (event.suppress) return { step, subscriptionIds: [], held: new Map(), rest: null };
  const scope = new EventScope(event, clock(), allowance);
  const perStep = Math.max(1, Math.min(deliveriesPerStep, Math.floor(BYTES_PER_STEP / length)));
  const patterns = patternsOf(event.type);
  const subscriptionIds: string[] = [];
  const held = new Map<string, string>();
  let { pattern, cursor } = step.from;
  const isFirst = pattern === 0 && cursor === null;
  if (isFirst) await readAhead(bindings, event.project, patterns, Math.min(BINDINGS_PER_PAGE, perStep));
  let looked = 0;
  for (let name = patterns[pattern]; name !== undefined; name = patterns[pattern]) {
    if (looked >= perStep) return { step, subscriptionIds, held, rest: { pattern, cursor } };
    const limit = Math.min(BINDINGS_PER_PAGE, perStep - looked);
    const page = await bindings.page(event.project, name, { limit, cursor });
    const candidates = { items: page.items, isVouched: isVouchedFor(name, event.type) };
    for (const { subscriptionId, condition, match } of await matching(ports, event, candidates, scope)) {
      subscriptionIds.push(subscriptionId);
      if (condition !== null && match === 'yes') held.set(subscriptionId, condition);
    }
    looked += page.items.length;
    cursor = page.cursor;
    if (cursor === null) pattern++;
  }
  return { step, subscriptionIds, held, rest: null };
}

/** Read the first page of every pattern at once: most patterns have no more, and one after the other takes as long again. */
async function readAhead(
  bindings: BindingStore,
  project: string,
  patterns: readonly string[],
  limit: number,
): Promise<void> {
  await Promise.all(patterns.map((pattern) => bindings.page(project, pattern, { limit, cursor: null })));
}

interface Candidates {
  readonly items: readonly Binding[];
  /** Whether their bindings alone say that they match the event's type. */
  readonly isVouched: boolean;
}

/** Return the bound subscriptions that match the event's type and whose condition may hold. */
async function matching(
  { cachedSubscriptions }: FanOutPorts,
  { project, type }: Event,
  { items, isVouched }: Candidates,
  scope: EventScope,
): Promise<(Binding & { readonly match: 'yes' | 'maybe' })[]> {
  const matched = await Promise.all(
    items.map(async (binding) => {
      const { subscriptionId, condition } = binding;
      if (condition === null && isVouched) return [{ ...binding, match: 'yes' as const }];
      let subscription = await cachedSubscriptions.get(project, subscriptionId);
      if (subscription !== null && conditionMark(subscription.condition) !== condition) {
        // The cached subscription is older than its binding, which is up to date.
        cachedSubscriptions.forget(project, subscriptionId);
        subscription = await cachedSubscriptions.get(project, subscriptionId);
      }
      if (subscription === null || !(isVouched || matches(subscription.events, type))) return [];
      const match = matchOf(subscription.condition, scope.seenBy(subscription));
      // A binding that the table has not changed yet does not vouch for the new condition.
      const isSame = conditionMark(subscription.condition) === condition;
      return match === 'no' ? [] : [{ ...binding, match: isSame ? match : ('maybe' as const) }];
    }),
  );
  return matched.flat();
}

/** Keep each page of bindings: the events of one project are mostly of a few types. */
function readOnce(store: BindingStore): BindingStore {
  const pages = new Map<string, ReturnType<BindingStore['page']>>();
  return {
    page(project, pattern, request) {
      const name = JSON.stringify([pattern, request.limit, request.cursor]);
      const known = pages.get(name) ?? store.page(project, pattern, request);
      pages.set(name, known);
      return known;
    },
  };
}
