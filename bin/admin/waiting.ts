import type { Command } from 'commander';
import type { Waiting } from '../../core/adapters/dynamodb/due-survey.ts';
import type { Context } from './context.ts';
import { duration, printFields, printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

const MAX_SUBSCRIPTIONS = 20;

export function addWaitingCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('waiting')
    .description('show the due work in the table: parked and held deliveries, breakers and replays')
    .addHelpText(
      'after',
      `
The sweeper moves overdue work to the retries queue every minute. The list names the subscriptions with the most
parked and held deliveries.

Examples:
  npm run admin -- waiting
  npm run -s admin -- waiting --json | jq .overdueSeconds`,
    )
    .action(async () => {
      const { due, clock } = openStores(deployment());
      const waiting = await due.all();
      const summary = summaryOf(waiting, clock());
      const subscriptions = bySubscription(waiting);
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
    parked: count('parked'),
    held: count('held'),
    breakers: count('breaker'),
    replays: count('replay'),
    overdue: overdue.length,
    overdueSeconds: overdue[0] === undefined ? 0 : Math.round((now - overdue[0].dueAt) / 1000),
  };
}

function bySubscription(waiting: readonly Waiting[]) {
  const counts = new Map<string, { parked: number; held: number }>();
  for (const { kind, subscriptionId } of waiting) {
    if (kind !== 'parked' && kind !== 'held') continue;
    const count = counts.get(subscriptionId) ?? { parked: 0, held: 0 };
    count[kind]++;
    counts.set(subscriptionId, count);
  }
  return [...counts]
    .map(([subscriptionId, count]) => ({ subscriptionId, ...count }))
    .toSorted((x, y) => y.parked + y.held - (x.parked + x.held))
    .slice(0, MAX_SUBSCRIPTIONS);
}
