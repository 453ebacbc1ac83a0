import type { Command } from 'commander';
import { newProjectSchema } from '../../core/api-schemas/project.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { validate } from '../../core/kernel/validate.ts';
import { createProject } from '../../core/manage/create-project.ts';
import type { Context } from './context.ts';
import { printFields, printJson, printTable } from './print.ts';
import { all, openStores } from './stores.ts';

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
  // As they were first spelt: their output is JSON.
  const asBefore = { ...context, json: () => true };
  describeList(program.command('list-projects', { hidden: true }), asBefore);
  describeCreate(program.command('create-project', { hidden: true }), asBefore);
}

function describeList(command: Command, { deployment, json }: Context): void {
  command
    .description('list the projects, newest first')
    .addHelpText('after', '\nExample:\n  npm run admin -- projects list')
    .action(async () => {
      const found = await all(openStores(deployment()).projects.list);
      if (json()) return printJson(found);
      const rows = found.map(({ id, name, retentionDays, createdAt }) => ({
        id,
        name,
        'kept days': retentionDays,
        created: createdAt,
      }));
      printTable(rows, 'There is no project yet.');
    });
}

function describeCreate(command: Command, { deployment, json }: Context): void {
  command
    .description('make a project, with the event types that each starts with')
    .argument('<id>', '1 to 63 letters, digits, "-" and "_"')
    .option('--name <name>', 'for people')
    .option(
      '--retention-days <days>',
      "how long events and attempts are kept, 7 to 3650; without it, the stage's",
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
      printFields({ id, name: created.name, 'kept days': created.retentionDays, created: created.createdAt });
    });
}
