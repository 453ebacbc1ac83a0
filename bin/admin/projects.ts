import type { Command } from 'commander';
import { newProjectSchema } from '../../core/api-schemas/project.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { validate } from '../../core/kernel/validate.ts';
import { createProject } from '../../core/manage/create-project.ts';
import { listAll } from '../../core/ports/page.ts';
import type { Context } from './context.ts';
import { printFields, printJson, printTable } from './print.ts';
import { openStores } from './stores.ts';

export function addProjectCommands(program: Command, context: Context): void {
  const projects = program
    .command('projects')
    .description('create and list projects')
    .addHelpText(
      'after',
      `
Examples:
  npm run admin -- projects create erp --name "Our ERP" --retention-days 90
  npm run admin -- projects list --json`,
    );
  describeList(projects.command('list'), context);
  describeCreate(projects.command('create'), context);
  // The former spellings, which always print JSON.
  const formerContext = { ...context, json: () => true };
  describeList(program.command('list-projects', { hidden: true }), formerContext);
  describeCreate(program.command('create-project', { hidden: true }), formerContext);
}

function describeList(command: Command, { deployment, json }: Context): void {
  command
    .description('list projects, newest first')
    .addHelpText('after', '\nExample:\n  npm run admin -- projects list')
    .action(async () => {
      const found = await listAll(100, openStores(deployment()).projects.list);
      if (json()) return printJson(found);
      const rows = found.map(({ id, name, retentionDays, createdAt }) => ({
        id,
        name,
        'retention days': retentionDays,
        created: createdAt,
      }));
      printTable(rows, 'No projects.');
    });
}

function describeCreate(command: Command, { deployment, json }: Context): void {
  command
    .description('create a project with the initial event types')
    .argument('<id>', '1 to 63 letters, digits, "-" and "_"')
    .option('--name <name>', 'display name')
    .option(
      '--retention-days <days>',
      'days for which events and attempts are kept, 7 to 3650 (default: the setting of the stage)',
      Number,
    )
    .addHelpText('after', '\nExample:\n  npm run admin -- projects create erp --name "Our ERP"')
    .action(async (id: string, { name, retentionDays }: { name?: string; retentionDays?: number }) => {
      const project = validate(newProjectSchema, { id, name: name ?? null, retentionDays });
      const target = deployment();
      const ports = {
        ...openStores(target),
        catalogue: initialCatalogue,
        retentionDays: target.retentionDays,
      };
      const created = await createProject(ports, project);
      if (json()) return printJson(created);
      printFields({
        id,
        name: created.name,
        'retention days': created.retentionDays,
        created: created.createdAt,
      });
    });
}
