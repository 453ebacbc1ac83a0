import { type Command, Option } from 'commander';
import { newKeySchema } from '../../core/api-schemas/project.ts';
import { found } from '../../core/kernel/errors.ts';
import { validate } from '../../core/kernel/validate.ts';
import { createKey } from '../../core/manage/keys.ts';
import { SCOPES } from '../../core/model/api-key.ts';
import { listAll } from '../../core/ports/page.ts';
import type { Context } from './context.ts';
import { printFields, printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

export function addKeyCommands(program: Command, context: Context): void {
  const keys = program
    .command('keys')
    .description('create, list and delete the API keys of a project')
    .addHelpText(
      'after',
      `
Examples:
  npm run admin -- keys create erp "first key" --scope admin
  npm run admin -- keys create erp publisher --scope publish read
  npm run admin -- keys list erp
  npm run admin -- keys delete erp key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA`,
    );
  describeList(keys.command('list'), context);
  describeCreate(keys.command('create'), context);
  describeDelete(keys.command('delete'), context);
  // The former spellings, which always print JSON.
  const formerContext = { ...context, json: () => true };
  describeList(program.command('list-keys', { hidden: true }), formerContext);
  describeCreate(program.command('create-key', { hidden: true }), formerContext);
  describeDelete(program.command('delete-key', { hidden: true }), formerContext);
}

function describeList(command: Command, { deployment, json }: Context): void {
  command
    .description('list the keys of a project, newest first')
    .argument('<project>')
    .addHelpText('after', '\nExample:\n  npm run admin -- keys list erp')
    .action(async (project: string) => {
      const { projects, keys } = openStores(deployment());
      found(await projects.get(project), 'project', project);
      const all = await listAll(100, (page) => keys.list(project, page));
      if (json()) return printJson(all.map(({ hash: _hash, generation: _generation, ...key }) => key));
      const rows = all.map(({ id, name, scopes, createdAt }) => ({
        id,
        name,
        scopes: scopes.join(' '),
        created: createdAt,
      }));
      printTable(rows, `The project "${project}" has no keys.`);
    });
}

function describeCreate(command: Command, { deployment, json }: Context): void {
  command
    .description('create a key and print its secret, which cannot be shown again')
    .argument('<project>')
    .argument('<name>', 'display name')
    .addOption(
      new Option('--scope <scope...>', 'permissions of the key; "admin" applies to all projects')
        .choices(SCOPES)
        .makeOptionMandatory(),
    )
    .addHelpText(
      'after',
      `
Examples:
  npm run admin -- keys create erp "first key" --scope admin
  KEY=$(npm run -s admin -- keys create erp ci --scope publish --json | jq -r .secret)`,
    )
    .action(async (project: string, name: string, { scope }: { scope: string[] }) => {
      const newKey = validate(newKeySchema, { name, scopes: scope });
      const { key, secret } = await createKey(openStores(deployment()), project, newKey.name, newKey.scopes);
      if (json()) printJson({ id: key.id, name: key.name, scopes: key.scopes, secret });
      else printFields({ id: key.id, name: key.name, scopes: key.scopes.join(' '), secret });
      console.error('Save the secret: it cannot be shown again.');
    });
}

function describeDelete(command: Command, { deployment, json }: Context): void {
  command
    .description('delete a key; it changes nothing from then on, and stops working within a minute')
    .argument('<project>')
    .argument('<id>', 'key id: key_…')
    .addHelpText('after', '\nExample:\n  npm run admin -- keys delete erp key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA')
    .action(async (project: string, id: string) => {
      await openStores(deployment()).keys.delete(project, id);
      if (json()) printJson({ id, deleted: true });
      else console.log(`Deleted ${id}. It may read and publish for another minute.`);
    });
}
