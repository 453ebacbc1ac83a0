import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { Lane } from './deployment.ts';
import { moveLocally } from './move-locally.ts';
import { type Moved, runMoveTask } from './move-task.ts';
import { printJson } from './print.ts';
import { queueArgument, wholeUpTo } from './program.ts';
import { startProgress } from './progress.ts';

export function addRedriveCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('redrive')
    .description(
      'move the dead letters of a queue back to it, those of events to internal, and wait until all are moved',
    )
    .addArgument(queueArgument())
    .option('--rate <n>', 'messages per second, 1 to 500 (default: chosen by SQS)', wholeUpTo(500))
    .addHelpText(
      'after',
      `
On AWS, SQS moves the messages in a task that continues if you interrupt the command; run the command again to follow
the task. Messages that still cannot be processed return to the dead-letter queue.

Examples:
  npm run admin -- redrive deliveries
  npm run admin -- redrive events --rate 10
  npm run -s admin -- redrive retries --json 2>/dev/null | jq .moved`,
    )
    .action(async (name: Lane, { rate }: { rate?: number }) => {
      const { lane, localSqs, sqs } = deployment();
      // Fan-out honours the first id of a dead letter there alone: publishers cannot send to it.
      const destination: Lane = name === 'events' ? 'internal' : name;
      const progress = startProgress(`redrive ${name}`);
      let moved: Moved;
      try {
        const move = localSqs === undefined ? runMoveTask : moveLocally;
        const from = lane(name).deadLetterQueue;
        moved = await move({ sqs: sqs(), from, to: lane(destination).queue, rate, progress });
      } finally {
        progress.end();
      }
      if (json()) printJson({ queue: name, status: 'COMPLETED', ...moved });
      else console.log(`${moved.moved} of ${moved.toMove} dead letters are in the ${destination} queue.`);
    });
}
