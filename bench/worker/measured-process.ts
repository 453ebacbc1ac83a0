/** A process that repeats a single task, so that its CPU time is that of the task. */
import http from 'node:http';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openLog, sendAll } from './bare-loop.ts';
import { type BATCH, type Hook, hooks, type Load, queueEvents } from './load.ts';

export type Way = 'deliver' | 'deliver, batched' | 'bare' | 'bare, new connections' | 'bare, with a log';

export interface Task extends Load {
  readonly round: string;
}

const CONTEXT = { getRemainingTimeInMillis: () => 60_000 };

type Prepare = (task: Task) => (() => Promise<void>)[];

const [way, target = ''] = process.argv.slice(2) as [Way, string];

async function deliver(eventsPerMessage: 1 | typeof BATCH): Promise<Prepare> {
  const { handler } = await import(target);
  const invoke: (event: SQSEvent, context: object) => Promise<SQSBatchResponse> = handler;
  return (task) =>
    queueEvents(task, task.round, eventsPerMessage).map((event) => async () => {
      const { batchItemFailures } = await invoke(event, CONTEXT);
      if (batchItemFailures.length > 0) throw new Error('A delivery failed.');
    });
}

/** Prepare a loop that sends the requests of one event batch after another. */
const bare =
  (send: (batch: readonly Hook[]) => Promise<void>): Prepare =>
  (task) =>
    hooks(task, task.round).map((batch) => () => send(batch));

const newAgent = () => new http.Agent({ keepAlive: true });

function persistent(): Prepare {
  const agent = newAgent();
  return bare((batch) => sendAll(target, batch, agent));
}

function withLog(): Prepare {
  const agent = newAgent();
  const log = openLog();
  return bare(async (batch) => {
    await sendAll(target, batch, agent);
    await log(batch);
  });
}

const withNewConnections = bare(async (batch) => {
  const agent = newAgent();
  await sendAll(target, batch, agent);
  agent.destroy();
});

const WAYS: Readonly<Record<Way, () => Prepare | Promise<Prepare>>> = {
  deliver: () => deliver(1),
  'deliver, batched': () => deliver(10),
  bare: persistent,
  'bare, new connections': () => withNewConnections,
  'bare, with a log': withLog,
};
const prepare = await WAYS[way]();

process.on('message', async (task: Task) => {
  const runs = prepare(task);
  const before = process.cpuUsage();
  for (const run of runs) await run();
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000);
});
// Exit regularly, because Node writes the profile only then.
process.on('disconnect', () => process.exit());
process.send?.('ready');
