import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, percentile, type Ratio, type Result, type Row, rounded } from '../bench.ts';
import { type BenchStack, withAssembly, withStack } from '../bench-stack.ts';
import type { Arrival } from '../traffic.ts';
import { latencies, NEIGHBOUR, type Outcome, requestsEach, TRIALS, type Trial } from './trials.ts';

/** Without a new request for so long, what has not arrived counts as missing. */
const STALLED_MS = 90_000;
/** The time that it takes to subscribe one endpoint, at most. */
const SUBSCRIBE_MS = 50;

type Option = 'first' | 'last';

/** Verifies on the local stack what flow control promises to publishers and to other endpoints. */
export const flow: Bench<Option> = {
  title: 'Flow control',
  summary: `trials --first to --last of ${TRIALS.length} with endpoints that fail, limit or are slow`,
  method: `Each trial publishes events to endpoints that fail, limit or are slow, and judges the deliveries to them or beside
them. A ratio is the figure as a share of the most that is allowed; a delivery that does not arrive fails the bench. The
capacity simulation judges the same with production's lanes; the local stack has a few copies of each function.`,
  options: { first: 1, last: TRIALS.length },
  quick: { last: 1 },
  run: ({ first, last }) =>
    withAssembly({}, (cdkOut) =>
      withStack(cdkOut, async (stack) => {
        await stack.addProject(NEIGHBOUR);
        const results: TrialResult[] = [];
        for (const trialAt of TRIALS.slice(first - 1, last)) results.push(await judge(stack, trialAt));
        return report(results);
      }),
    ),
};

interface TrialResult {
  readonly row: Row;
  readonly ratios: readonly Ratio[];
  readonly missing: number;
}

async function judge(stack: BenchStack, trialAt: (now: number) => Trial): Promise<TrialResult> {
  const startsAt = Date.now() + SUBSCRIBE_MS * (trialAt(Date.now()).subscribers.length + 10);
  const trial = trialAt(startsAt);
  const subscriptions: { id: string; project: string | undefined }[] = [];
  for (const { path, type, settings, project } of trial.subscribers) {
    const id = await stack.subscribe(stack.traffic.url(path), [type], settings, project);
    subscriptions.push({ id, project });
  }
  await sleep(Math.max(0, startsAt - Date.now()));
  const outcomes = await outcomesOf(stack, trial);
  for (const { id, project } of subscriptions) await stack.unsubscribe(id, project);
  return resultOf(trial, outcomes);
}

/** Publish a trial's events, and return what became of those that are judged. */
async function outcomesOf({ traffic }: BenchStack, { events, isJudged }: Trial): Promise<Outcome[]> {
  const judged = new Set(events.filter(isJudged).map(({ id }) => id));
  const arrivals: Arrival[] = [];
  const delivered = new Set<string>();
  let progressAt = Date.now();
  const look = async () => {
    await sleep(250);
    for (const arrival of await traffic.arrivals()) {
      if (!judged.has(arrival.id)) continue;
      arrivals.push(arrival);
      progressAt = Date.now();
      if (arrival.status === 200) delivered.add(arrival.id);
    }
  };
  const publishing = { isOver: false };
  const published = traffic.publish(events).finally(() => {
    publishing.isOver = true;
  });
  while (!publishing.isOver) await look();
  const sentAt = await published;
  progressAt = Date.now();
  while (delivered.size < judged.size && Date.now() - progressAt < STALLED_MS) await look();
  const byEvent = Map.groupBy(arrivals, ({ id }) => id);
  return [...delivered].map((id) => {
    const requests = byEvent.get(id) ?? [];
    return {
      id,
      sentAt: sentAt[id] ?? Number.NaN,
      requestedAt: requests.map(({ at }) => at),
      deliveredAt: requests.find(({ status }) => status === 200)?.at ?? Number.NaN,
    };
  });
}

function resultOf({ name, events, isJudged, holds }: Trial, outcomes: readonly Outcome[]): TrialResult {
  const seconds = latencies(outcomes);
  const judged = events.filter(isJudged).length;
  return {
    row: {
      trial: name,
      judged,
      delivered: outcomes.length,
      'requests each': rounded(requestsEach(outcomes)),
      'p50 s': rounded(percentile(seconds, 0.5)),
      'p95 s': rounded(percentile(seconds, 0.95)),
      'max s': rounded(percentile(seconds, 1)),
    },
    ratios: holds.map((each) => ({
      name: `${name}: ${each.name}, of ${each.most}`,
      value: rounded(each.of(outcomes) / each.most),
      most: 1,
    })),
    missing: judged - outcomes.length,
  };
}

function report(results: readonly TrialResult[]): Result {
  const missing = results.reduce((sum, result) => sum + result.missing, 0);
  return {
    tables: [{ title: 'Deliveries that are judged', rows: results.map(({ row }) => row) }],
    ratios: results.flatMap(({ ratios }) => ratios),
    ...(missing > 0 && { failure: `${missing} deliveries did not arrive.` }),
  };
}
