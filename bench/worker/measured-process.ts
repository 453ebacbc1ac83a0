/** A process that does one thing over and over, so that its time of the processor is that thing's. */
import http from 'node:http';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openLog, sendAll } from './bare-loop.ts';
import { hooks, type Load, queueEvents } from './load.ts';

export type Way = 'deliver' | 'deliver, in lots' | 'bare' | 'bare, connected anew' | 'bare, with a log';

export interface Task extends Load {
  readonly round: string;
}

type Prepare = (task: Task) => (() => Promise<void>)[];

const [way, target = ''] = process.argv.slice(2) as [Way, string];

async function deliver(together: 1 | 10): Promise<Prepare> {
  const { handler } = await import(target);
  const invoke: (event: SQSEvent, context: object) => Promise<SQSBatchResponse> = handler;
  return (task) =>
    queueEvents(task, task.round, together).map((event) => async () => {
      const { batchItemFailures } = await invoke(event, {});
      if (batchItemFailures.length > 0) throw new Error('A delivery failed.');
    });
}

async function bare(): Promise<Prepare> {
  const agent = new http.Agent({ keepAlive: true });
  return (task) => hooks(task, task.round).map((batch) => () => sendAll(target, batch, agent));
}

async function anew(): Promise<Prepare> {
  return (task) =>
    hooks(task, task.round).map((batch) => async () => {
      const agent = new http.Agent({ keepAlive: true });
      await sendAll(target, batch, agent);
      agent.destroy();
    });
}

async function withLog(): Promise<Prepare> {
  const agent = new http.Agent({ keepAlive: true });
  const log = openLog();
  return (task) =>
    hooks(task, task.round).map((batch) => async () => {
      await sendAll(target, batch, agent);
      await log(batch);
    });
}

const WAYS: Readonly<Record<Way, () => Promise<Prepare>>> = {
  deliver: () => deliver(1),
  'deliver, in lots': () => deliver(10),
  bare,
  'bare, connected anew': anew,
  'bare, with a log': withLog,
};
const prepare = await WAYS[way]();

process.on('message', async (task: Task) => {
  const batches = prepare(task);
  const before = process.cpuUsage();
  for (const run of batches) await run();
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000);
});
// A profile is only written by a process that ends by itself.
process.on('disconnect', () => process.exit());
process.send?.('ready');
