import { apiOf } from '../support/api.ts';
import type { Account } from './account.ts';
import { SETTINGS } from './assembly.ts';
import type { Deployed } from './cloud.ts';
import { checkMappings } from './mappings.ts';
import { step } from './step.ts';
import { PROJECT, smoke } from './use.ts';

/**
 * Deploy aliases, another setting, and neither again. What was written before must be there afterwards, the setting must apply,
 * and each queue must have one consumer all along.
 */
export async function updates(account: Account, before: Deployed, adminKey: string): Promise<void> {
  const api = (apiUrl = '') => apiOf({ apiUrl, project: PROJECT, adminKey });
  const oneMapping = (hasAliases: boolean) =>
    step(`check that each queue invokes ${hasAliases ? 'an alias' : 'a function'}, once`, () =>
      checkMappings(account.ministack, hasAliases),
    );
  await oneMapping(false);
  const old = api(before.outputs.ApiUrl);
  // To an address where nobody listens: a subscription is enough here.
  const { id } = await old.subscribe({ url: 'http://127.0.0.1:9999/none', events: ['never'] });
  await old.publish({ type: 'kept', id: 'kept', data: { n: 1 } });
  await old.storedEvent('kept');

  await account.deploy('aliases');
  await oneMapping(true);
  const changed = await account.deploy('changed');
  await oneMapping(true);
  await step('check that the updates kept the data and applied the setting', async () => {
    const now = api(changed.outputs.ApiUrl);
    await now.get(`subscriptions/${id}`);
    await now.get('events/kept');
    const { retentionDays } = await now.get(`/v1/projects/${await now.newProject('after')}`);
    if (retentionDays !== SETTINGS.changed.retentionDays)
      throw new Error(`A new project keeps ${retentionDays} days.`);
  });
  await smoke(account.ministack, changed);
  const again = await account.deploy('dev');
  await oneMapping(false);
  await smoke(account.ministack, again);
}
