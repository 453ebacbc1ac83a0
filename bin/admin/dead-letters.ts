import type { Command } from 'commander';
import type { Context } from './context.ts';
import { type DeadLetter, discard, peek } from './dead-letter-queue.ts';
import type { Lane } from './deployment.ts';
import { AdminError, UsageError } from './errors.ts';
import { duration, printJson, printTable } from './print.ts';
import { queueArgument, wholeUpTo } from './program.ts';

export function addDeadLettersCommands(program: Command, context: Context): void {
  describePeek(program.command('dead-letters'), context);
  describeDiscard(program.command('discard'), context);
}

function describePeek(command: Command, { deployment, json }: Context): void {
  command
    .description('show the messages in the dead-letter queue of a queue without removing them')
    .addArgument(queueArgument())
    .option('--limit <n>', 'maximum number of messages, 1 to 1000', wholeUpTo(1000), 20)
    .addHelpText(
      'after',
      `
The output of --json contains the message bodies, and so customer data.

Examples:
  npm run admin -- dead-letters events
  npm run -s admin -- dead-letters deliveries --json | jq '.[].subscriptionId'`,
    )
    .action(async (lane: Lane, { limit }: { limit: number }) => {
      const stack = deployment();
      const letters = await peek(stack.sqs(), stack.lane(lane).deadLetterQueue, limit);
      if (json()) return printJson(letters);
      printTable(letters.map(toRow), 'No dead letters.');
    });
}

const toRow = ({ messageId, sentAt, project, eventId, eventType, subscriptionId, reason }: DeadLetter) => ({
  message: messageId,
  age: duration(Math.max(0, Math.round((Date.now() - Date.parse(sentAt)) / 1000))),
  project,
  event: eventId ?? eventType,
  subscription: subscriptionId,
  reason,
});

function describeDiscard(command: Command, { deployment, json }: Context): void {
  command
    .description('delete dead letters permanently, such as messages that can never be processed')
    .addArgument(queueArgument())
    .argument('[message...]', 'message ids, as "dead-letters" shows them')
    .option('--all', 'delete all dead letters of the queue')
    .addHelpText(
      'after',
      `
Examples:
  npm run admin -- discard events 7a1c2f36-6a0e-4a6e-9f43-2d1d3c1a8f10
  npm run admin -- discard events --all`,
    )
    .action(async (lane: Lane, ids: readonly string[], { all = false }: { all?: boolean }) => {
      if (all === ids.length > 0) throw new UsageError('Pass either message ids or --all.');
      const stack = deployment();
      const discarded = await discard(
        stack.sqs(),
        stack.lane(lane).deadLetterQueue,
        all ? null : new Set(ids),
      );
      if (json()) printJson({ queue: lane, discarded });
      else console.log(`Deleted ${discarded} dead letters of the ${lane} queue.`);
      if (discarded < ids.length)
        throw new AdminError(
          `${ids.length - discarded} of ${ids.length} messages were not found: try again in a minute.`,
        );
    });
}
