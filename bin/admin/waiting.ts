import type { Command } from 'commander';
import type { Waiting } from '../../core/adapters/dynamodb/due-survey.ts';
import { MOST_HELD } from '../../core/read/subscription-health.ts';
import type { Context } from './context.ts';
import { duration, printFields, printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

const MAX_SUBSCRIPTIONS = 20;

export function addWaitingCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('waiting')
    .description('show what waits in the table: pumps that are due, replays, and the fullest mailboxes')
    .addHelpText(
      'after',
      `
The sweeper calls overdue pumps every minute. The list names the subscriptions with the most waiting deliveries.

Examples:
  npm run admin -- waiting
  npm run -s admin -- waiting --json | jq .overdueSeconds`,
    )
    .action(async () => {
      const { due, mailbox, clock } = openStores(deployment());
      const waiting = await due.all();
      const summary = summaryOf(waiting, clock());
      const pumps = waiting.filter(({ kind }) => kind === 'pump');
      const held = await Promise.all(
        pumps.map(async ({ project, subscriptionId }) => ({
          ...{ project, subscriptionId },
          held: await mailbox.count(subscriptionId, MOST_HELD),
        })),
      );
      const subscriptions = held.toSorted((x, y) => y.held - x.held).slice(0, MAX_SUBSCRIPTIONS);
      if (json()) return printJson({ ...summary, subscriptions });
      const { overdue, overdueSeconds, ...counts } = summary;
      printFields({ ...counts, overdue, 'oldest overdue': overdue === 0 ? null : duration(overdueSeconds) });
      if (subscriptions.length > 0) console.log();
      const rows = subscriptions.map(({ subscriptionId, ...row }) => ({
        subscription: subscriptionId,
        ...row,
      }));
      if (rows.length > 0) printTable(rows, '');
    });
}

function summaryOf(waiting: readonly Waiting[], now: number) {
  const count = (kind: Waiting['kind']) => waiting.filter((one) => one.kind === kind).length;
  const overdue = waiting.filter(({ dueAt }) => dueAt <= now);
  return {
    pumps: count('pump'),
    replays: count('replay'),
    legacy: count('legacy'),
    overdue: overdue.length,
    overdueSeconds: overdue[0] === undefined ? 0 : Math.round((now - overdue[0].dueAt) / 1000),
  };
}
