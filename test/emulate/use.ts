import type { Account } from './account.ts';
import { type Deployed, run } from './cloud.ts';
import type { Ministack } from './ministack.ts';
import { step } from './step.ts';

/** What a new user does with a stack first. */

export const PROJECT = 'emulate';

/** @returns an admin key */
export async function firstUse({ ministack }: Account, stack: Deployed): Promise<string> {
  const admin = await firstKey(ministack, stack);
  await smoke(ministack, stack);
  return admin;
}

/** The admin key of the project `emulate`, made with the admin command. */
export const firstKey = (ministack: Ministack, { outputsFile }: Deployed): Promise<string> =>
  step('create the first key', async () => {
    const admin = (...args: string[]) =>
      run(ministack, 'bin/admin.ts', ['--outputs', outputsFile, '--json', ...args]);
    await admin('projects', 'create', PROJECT);
    return (await admin('keys', 'create', PROJECT, 'first key', '--scope', 'admin')).json().secret;
  });

export const smoke = (ministack: Ministack, { outputsFile }: Deployed) =>
  step('npm run smoke', () => run(ministack, 'bin/smoke.ts', ['--outputs', outputsFile]));
