import type { Command } from 'commander';
import type { Context } from './context.ts';
import { printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

export function addBreakersCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('breakers')
    .description('list subscriptions with an open breaker, and the time of the next probe')
    .addHelpText(
      'after',
      `
A closed breaker stays in the list for two minutes, and until all held deliveries are drained.

Examples:
  npm run admin -- breakers
  npm run -s admin -- breakers --json | jq 'group_by(.host) | map({host: .[0].host, count: length})'`,
    )
    .action(async () => {
      const stores = openStores(deployment());
      const waiting = await stores.due.all();
      const breakers = await Promise.all(
        waiting
          .filter(({ kind }) => kind === 'breaker')
          .map(({ subscriptionId, dueAt }) => describe(stores, subscriptionId, dueAt)),
      );
      const found = breakers.filter((breaker) => breaker !== null);
      const held = (id: string) =>
        waiting.filter(({ kind, subscriptionId }) => kind === 'held' && subscriptionId === id).length;
      const shown = found.map((breaker) => ({ ...breaker, held: held(breaker.subscriptionId) }));
      if (json()) return printJson(shown);
      const rows = shown.map(
        ({ project, subscriptionId, host, failingSince, failedProbes, nextProbeAt, ...row }) => ({
          project,
          subscription: subscriptionId,
          host,
          ...row,
          'failing since': failingSince,
          'failed probes': failedProbes,
          'next probe': nextProbeAt,
        }),
      );
      printTable(rows, 'No breaker is open.');
    });
}

/** Return null if the breaker has ended meanwhile. */
async function describe(
  { due, subscriptions }: ReturnType<typeof openStores>,
  subscriptionId: string,
  dueAt: number,
) {
  const breaker = await due.breaker(subscriptionId);
  if (breaker === null) return null;
  const { project, failedProbes, closedAt } = breaker;
  const subscription = await subscriptions.get(project, subscriptionId);
  return {
    project,
    subscriptionId,
    // Only the host, because the query of the URL may contain a credential.
    host: subscription === null ? null : (URL.parse(subscription.url)?.host ?? null),
    state: closedAt === null ? 'open' : 'closed',
    failingSince: subscription?.health.firstFailureAt ?? null,
    failedProbes,
    nextProbeAt: new Date(dueAt).toISOString(),
  };
}
