import type { Command } from 'commander';
import { stateOf } from '../../core/model/subscription.ts';
import { subscriptionHealth } from '../../core/read/subscription-health.ts';
import type { Context } from './context.ts';
import { printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

export function addEndpointsCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('endpoints')
    .description('list subscriptions that fail, are paused, or have deliveries that wait')
    .addHelpText(
      'after',
      `
The list has each subscription whose pump has something to do. \`held\` is exact up to 10,000.

Examples:
  npm run admin -- endpoints
  npm run -s admin -- endpoints --json | jq 'group_by(.host) | map({host: .[0].host, count: length})'`,
    )
    .action(async () => {
      const stores = openStores(deployment());
      const waiting = await stores.due.all();
      const found = await Promise.all(
        waiting
          .filter(({ kind }) => kind === 'pump')
          .map(({ project, subscriptionId }) => describe(stores, project, subscriptionId)),
      );
      const shown = found.filter((endpoint) => endpoint !== null);
      if (json()) return printJson(shown);
      const rows = shown.map(({ subscriptionId, lastFailure, nextProbeAt, ...row }) => ({
        subscription: subscriptionId,
        ...row,
        'next probe': nextProbeAt,
        'last failure': lastFailure,
      }));
      printTable(rows, 'Nothing waits for an endpoint.');
    });
}

/** Return null if the subscription is gone. */
async function describe(
  { subscriptions, ...ports }: ReturnType<typeof openStores>,
  project: string,
  subscriptionId: string,
) {
  const subscription = await subscriptions.get(project, subscriptionId);
  if (subscription === null) return null;
  const { mode, reason, since, held, ...health } = await subscriptionHealth(ports, subscription);
  const { nextProbeAt, lastFailure } = health;
  return {
    project,
    subscriptionId,
    // Only the host, because the query of the URL may contain a credential.
    host: URL.parse(subscription.url)?.host ?? null,
    ...{ state: stateOf(subscription), mode, reason, since, held, nextProbeAt, lastFailure },
  };
}
