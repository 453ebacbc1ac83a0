import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { CURRENT_FOR_MS } from '../../core/adapters/dynamodb/data-keys.ts';
import { rotateSecrets } from '../../core/adapters/dynamodb/secret-rotation.ts';
import type { Context } from './context.ts';
import { AdminError } from './errors.ts';
import { printFields, printJson } from './print.ts';
import { openSecretTable } from './stores.ts';

export function addSecretsCommands(program: Command, { deployment, json }: Context): void {
  program
    .command('secrets')
    .description('encrypt the secrets in the table anew')
    .command('rotate')
    .description(
      'rewrite all secrets as the stage writes them: encrypted with writeFormat 2, as they are with 1',
    )
    .option('--new-data-key', 'encrypt with a new data key, after a leak for example')
    .addHelpText(
      'after',
      `
It reads the whole table. Functions may work meanwhile, and a run that was interrupted can be repeated.
It needs kms:Decrypt and kms:GenerateDataKey on the stage's key.

Examples:
  npm run admin -- secrets rotate
  npm run admin -- --stage prod secrets rotate --new-data-key`,
    )
    .action(async ({ newDataKey = false }: { newDataKey?: boolean }) => {
      const target = deployment();
      const { table, dataKeys, seals } = openSecretTable(target);
      if (newDataKey) {
        if (!seals)
          throw new AdminError('The stage has no encryption key, or writes format 1: it encrypts nothing.');
        const { number } = await dataKeys.rotate();
        console.error(`Data key ${number} created. Waiting until all functions use it …`);
        await sleep(CURRENT_FOR_MS);
      }
      const counts = await rotateSecrets(table, ({ rewritten, unchanged }) =>
        console.error(`${rewritten} items rewritten, ${unchanged} unchanged so far`),
      );
      const result = { ...counts, dataKey: (await dataKeys.current())?.number ?? null };
      if (json()) printJson(result);
      else
        printFields({
          rewritten: result.rewritten,
          unchanged: result.unchanged,
          'data key': result.dataKey ?? 'none: secrets are not encrypted',
        });
    });
}
