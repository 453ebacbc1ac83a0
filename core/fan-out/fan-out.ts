import { MAX_RECEIVES } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { asError, RequestError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { LOT_SPAN_MS } from '../model/event.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { QueueMessage } from '../ports/message-queue.ts';
import { type SetAsideDependencies, setAside } from './dead-letter.ts';
import { continuedStep, type FanOutStep, firstStep, isContinuation } from './fan-out-step.ts';
import { type FindWantingDependencies, findWanting } from './match-subscriptions.ts';
import { type FanOutEnd, tellFanOut } from './report-fan-out.ts';
import { type FannedOut, type SendDeliveriesDependencies, sendDeliveries } from './send-deliveries.ts';
import {
  type AcceptEventDependencies,
  type Accepted,
  acceptEvent,
  type Brought,
  readBrought,
} from './store-event.ts';

export type FanOutDependencies = AcceptEventDependencies &
  FindWantingDependencies &
  SendDeliveriesDependencies &
  SetAsideDependencies & { readonly events: Pick<EventStore, 'enter'> };

/** What a message asks for. */
interface Asked {
  readonly message: QueueMessage;
  /** Null if nothing is to be done, an error if it could not be understood. */
  readonly step: FanOutStep | Error | null;
  readonly accepted?: Accepted | null;
}

/**
 * Turns each message of the events queue into one delivery for each subscription that wants it; events of a project
 * that come in one batch are a lot. Answers the ids of the messages that must come again; one of these is our fault,
 * never the publisher's.
 */
export function fanOut(dependencies: FanOutDependencies) {
  return async (messages: readonly QueueMessage[]): Promise<string[]> => {
    const startedAt = dependencies.clock();
    const read = await Promise.all(messages.map((message) => understand(dependencies, message)));
    const lots = lotsOf(
      read.filter((each) => 'published' in each),
      dependencies.clock,
    );
    const asked = await Promise.all(
      read.map((each) => ('published' in each ? accept(dependencies, each, lots.get(each)) : each)),
    );
    // One project's events wait for each other, but not for another project's and its conditions.
    const projects = Map.groupBy(asked, ({ step }) => (isStep(step) ? step.event.project : null));
    const handled = await Promise.all(
      [...projects.values()].map((together) => handle(dependencies, together, startedAt)),
    );
    return handled.flat();
  };
}

const isStep = (step: Asked['step'] | undefined): step is FanOutStep =>
  step !== null && step !== undefined && !(step instanceof Error);

/** A lot for each project's events, or, where they were taken at different times, several; none for one alone. */
function lotsOf(brought: readonly Brought[], clock: Clock): ReadonlyMap<Brought, string> {
  const together = Map.groupBy(
    brought,
    ({ project, message }) => `${project.id} ${Math.floor(message.sentAt / LOT_SPAN_MS)}`,
  );
  return new Map(
    [...together.values()].flatMap((all) => {
      const lot = newId('lot', clock());
      return all.length > 1 ? all.map((each) => [each, lot] as const) : [];
    }),
  );
}

const UNHANDLED = 'The event could not be fanned out; the function’s log says why.';

class UnhandledError extends Error {
  override readonly name = 'UnhandledError';
}

async function understand(dependencies: FanOutDependencies, message: QueueMessage): Promise<Brought | Asked> {
  try {
    // Its last handling ended without a word, or it could not be set aside then.
    if (message.receiveCount > MAX_RECEIVES) throw new UnhandledError(UNHANDLED);
    if (isContinuation(message)) return { message, step: await continuedStep(dependencies, message) };
    return await readBrought(dependencies, message);
  } catch (error) {
    return { message, step: asError(error) };
  }
}

async function accept(
  dependencies: FanOutDependencies,
  brought: Brought,
  lot: string | undefined,
): Promise<Asked> {
  const { message } = brought;
  try {
    const accepted = await acceptEvent(dependencies, brought, lot);
    return { message, step: accepted && firstStep(accepted.event), accepted };
  } catch (error) {
    return { message, step: asError(error) };
  }
}

/** Answers the ids of those of a project's messages that are not done with. */
async function handle(
  dependencies: FanOutDependencies,
  asked: readonly Asked[],
  startedAt: number,
): Promise<string[]> {
  const ends = await endsOf(dependencies, asked);
  const done: FanOutEnd[] = [];
  const failed = await Promise.all(
    asked.map(async ({ message, step }) => {
      const end = isStep(step) ? ends.get(step) : step;
      if (end instanceof Error) return (await fail(dependencies, message, end)) ? [] : [message.id];
      if (end) done.push({ messageId: message.id, ...end });
      return [];
    }),
  );
  tellFanOut(dependencies, done, startedAt);
  return failed.flat();
}

/** Nothing is delivered that is not in the log: what is sent after a fault there would be sent twice. */
async function endsOf(
  dependencies: FanOutDependencies,
  asked: readonly Asked[],
): Promise<ReadonlyMap<FanOutStep, FannedOut | Error>> {
  const steps = asked.map(({ step }) => step).filter(isStep);
  const accepted = asked.flatMap((each) => each.accepted ?? []);
  try {
    const [{ wanted, failed }] = await Promise.all([
      findWanting(dependencies, steps),
      enter(dependencies, accepted),
    ]);
    return new Map([...(await sendDeliveries(dependencies, wanted)), ...failed]);
  } catch (error) {
    return new Map(steps.map((step) => [step, asError(error)]));
  }
}

/**
 * Those of a lot of theirs; what came by itself is in the log since it was stored. First those that are new, which a
 * second copy of their message in the same batch finds there then.
 */
async function enter({ events }: FanOutDependencies, accepted: readonly Accepted[]): Promise<void> {
  const inLots = accepted.filter(({ event }) => event.lot !== undefined);
  for (const again of [false, true]) {
    const some = inLots.filter((each) => each.again === again).map(({ event }) => event);
    if (some.length > 0) await events.enter(some, again);
  }
}

/** Answers whether the message is done with nevertheless. */
async function fail(dependencies: FanOutDependencies, message: QueueMessage, error: Error): Promise<boolean> {
  if (error instanceof UnhandledError) return setAside(dependencies, message, UNHANDLED);
  // What can never be understood would only fail five times.
  if (error instanceof RequestError) return setAside(dependencies, message, error.message);
  const { id: messageId, receiveCount } = message;
  dependencies.log.error('message not handled', { messageId, receiveCount, error });
  if (message.receiveCount < MAX_RECEIVES) return false;
  return setAside(dependencies, message, UNHANDLED);
}
