import type { Command } from 'commander';
import { LANES } from '../../core/contract.ts';
import type { Context } from './context.ts';
import type { Deployment, Lane } from './deployment.ts';
import { duration, printJson, printTable } from './print.ts';
import { readDepths, readLocalAge } from './queue-depths.ts';

export function addQueuesCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('queues')
    .description(
      'show the number of messages in each queue and in its dead-letter queue (approximate on AWS)',
    )
    .addHelpText(
      'after',
      `
The age of the oldest message is shown only for a local stack. On AWS, see the CloudWatch metric
ApproximateAgeOfOldestMessage.

Examples:
  npm run admin -- queues
  npm run -s admin -- queues --json | jq '[.[].deadLetters] | add'`,
    )
    .action(async () => {
      const stack = deployment();
      const sqs = stack.sqs();
      const depths = await Promise.all(LANES.map((lane) => depthOf(stack, sqs, lane)));
      if (json()) return printJson(depths);
      const rows = depths.map(({ queue, visible, inFlight, delayed, oldestSeconds, deadLetters }) => ({
        queue,
        visible,
        'in flight': inFlight,
        delayed,
        oldest: oldestSeconds === null ? null : duration(oldestSeconds),
        'dead letters': deadLetters,
      }));
      printTable(rows, 'No queues.');
    });
}

async function depthOf({ lane, localSqs }: Deployment, sqs: ReturnType<Deployment['sqs']>, name: Lane) {
  const { queue, deadLetterQueue } = lane(name);
  const [depths, dead, oldestSeconds] = await Promise.all([
    readDepths(sqs, queue),
    readDepths(sqs, deadLetterQueue),
    localSqs === undefined ? null : readLocalAge(localSqs, queue),
  ]);
  // Messages that someone inspects in the AWS console are in flight; count them as well.
  return { queue: name, ...depths, oldestSeconds, deadLetters: dead.visible + dead.inFlight + dead.delayed };
}
