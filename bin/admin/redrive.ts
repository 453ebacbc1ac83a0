import { Argument, type Command, InvalidArgumentError } from 'commander';
import { LANES } from '../../core/contract.ts';
import type { Context } from './context.ts';
import type { Lane } from './deployment.ts';
import { moveLocally } from './move-locally.ts';
import { type Moved, runMoveTask } from './move-task.ts';
import { printJson } from './print.ts';
import { startProgress } from './progress.ts';

export function addRedriveCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('redrive')
    .description('put the dead letters of a queue back into it, and wait until all are moved')
    .addArgument(new Argument('<queue>', 'whose dead letters').choices(LANES))
    .option('--rate <n>', 'messages a second, 1 to 500 (default: as SQS sees fit)', parseRate)
    .addHelpText(
      'after',
      `
On AWS this is a task of SQS, which goes on if the command is interrupted; the command then follows it when it is
called again. What still cannot be processed comes back to the dead-letter queue.

Examples:
  npm run admin -- redrive deliveries
  npm run admin -- redrive events --rate 10
  npm run -s admin -- redrive retries --json 2>/dev/null | jq .moved`,
    )
    .action(async (name: Lane, { rate }: { rate?: number }) => {
      const { lane, localSqs, sqs } = deployment();
      const urls = lane(name);
      const progress = startProgress(`redrive ${name}`);
      let moved: Moved;
      try {
        const move = localSqs === undefined ? runMoveTask : moveLocally;
        moved = await move({ sqs: sqs(), from: urls.deadLetterQueue, to: urls.queue, rate, progress });
      } finally {
        progress.end();
      }
      if (json()) printJson({ queue: name, status: 'COMPLETED', ...moved });
      else console.log(`${moved.moved} of ${moved.toMove} dead letters are back in the ${name} queue.`);
    });
}

function parseRate(text: string): number {
  const rate = /^\d+$/.test(text) ? Number(text) : 0;
  if (rate < 1 || rate > 500) throw new InvalidArgumentError('It takes a whole number from 1 to 500.');
  return rate;
}
