import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Command, Option } from 'commander';
import { keyStore } from '../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../core/adapters/dynamodb/table.ts';
import { initialCatalogue } from '../core/dialects/index.ts';
import { SCOPES } from '../core/domain/api-key.ts';
import { RequestError } from '../core/domain/errors.ts';
import { newKeySchema, newProjectSchema } from '../core/domain/project.ts';
import { validate } from '../core/domain/validate.ts';
import type { Page, PageRequest } from '../core/ports.ts';
import { createKey, createProject } from '../core/use-cases/projects.ts';

/** Projects and keys, with the caller's AWS credentials: how a new stack gets its first key. */

class UsageError extends Error {}

interface Deployment {
  readonly tableName: string;
  /** Only for a local stack; on AWS the SDK finds its own way. */
  readonly client: DynamoDBClient;
}

/** Reads what `cdk deploy --outputs-file` wrote, or a local stack's outputs.json. */
function readDeployment(path: string): Deployment {
  const outputs = readJson(path);
  if (typeof outputs.tableName === 'string') {
    const {
      tableName,
      awsEndpointUrlDynamodb: endpoint,
      region,
      accessKeyId,
      secretAccessKey,
    } = outputs as Record<string, string>;
    const credentials = { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' };
    return {
      tableName: tableName ?? '',
      client: new DynamoDBClient({ endpoint: endpoint ?? '', region: region ?? '', credentials }),
    };
  }
  const names = Object.values(outputs).flatMap(
    (stack) => (stack as { TableName?: string } | null)?.TableName ?? [],
  );
  if (names.length !== 1)
    throw new UsageError(`${path} tells of ${names.length} tables of Ancrage, not one.`);
  return { tableName: names[0] as string, client: new DynamoDBClient({}) };
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${error instanceof Error ? error.message : error}). Deploy with "npm run deploy -- --outputs-file cdk-outputs.json", or pass --outputs .local/outputs.json for the local stack.`,
    );
  }
}

const program = new Command('admin')
  .description('Creates and lists projects and keys of a deployed or a local stack.')
  .option(
    '--outputs <file>',
    'what "cdk deploy --outputs-file" wrote, or the local stack\'s outputs.json',
    'cdk-outputs.json',
  )
  .addHelpText(
    'after',
    `
Examples:
  npm run admin -- create-project erp --name "Our ERP"
  npm run admin -- create-key erp "first key" --scope admin
  npm run admin -- --outputs .local/outputs.json list-keys demo`,
  );

function open() {
  const { tableName, client } = readDeployment(program.opts<{ outputs: string }>().outputs);
  const clock = Date.now;
  const table = openTable(tableName, clock, client);
  return { projects: projectStore(table), keys: keyStore(table), clock };
}

/** Every item of a list. */
async function all<Item>(list: (page: PageRequest) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await list({ limit: 100, cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return items;
}

const print = (value: unknown) => console.log(JSON.stringify(value, null, 2));

program
  .command('create-project <id>')
  .description('makes a project, with the event types that each starts with')
  .option('--name <name>', 'for people')
  .option('--retention-days <days>', 'how long events and attempts are kept', Number, 30)
  .action(async (id: string, { name, retentionDays }: { name?: string; retentionDays: number }) => {
    const project = validate(newProjectSchema, { id, name: name ?? null, retentionDays });
    print(await createProject({ ...open(), catalogue: initialCatalogue })(project));
  });

program
  .command('list-projects')
  .description('lists the projects, newest first')
  .action(async () => print(await all((page) => open().projects.list(page))));

program
  .command('create-key <project> <name>')
  .description('makes a key and prints its secret, this once')
  .addOption(new Option('--scope <scope...>', 'what the key may do').choices(SCOPES).makeOptionMandatory())
  .action(async (project: string, name: string, { scope }: { scope: string[] }) => {
    const given = validate(newKeySchema, { name, scopes: scope });
    const { key, secret } = await createKey(open())(project, given.name, given.scopes);
    print({ id: key.id, name: key.name, scopes: key.scopes, secret });
    console.error('The secret is shown this once.');
  });

program
  .command('list-keys <project>')
  .description('lists the keys of a project, newest first')
  .action(async (project: string) => {
    const { keys } = open();
    const found = await all((page) => keys.list(project, page));
    print(found.map(({ hash: _, ...key }) => key));
  });

program
  .command('delete-key <project> <id>')
  .description('deletes a key; it stops working within a minute')
  .action(async (project: string, id: string) => open().keys.delete(project, id));

const isRefused = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';

try {
  await program.parseAsync();
} catch (error) {
  // What the caller can mend is said in a sentence; anything else shows where it happened.
  const mendable = error instanceof UsageError || error instanceof RequestError;
  if (isRefused(error)) console.error('The table does not answer: is the stack of these outputs running?');
  else console.error(mendable ? error.message : error);
  process.exitCode = 1;
}
