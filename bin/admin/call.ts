import { Argument, type Command } from 'commander';
import { apiOf, callApi, keyOption } from './api.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { printJson } from './print.ts';

export function addCallCommand(program: Command, { deployment }: Context): void {
  program
    .command('call')
    .description('send one request to the API, and print what it answers')
    .addArgument(new Argument('<method>').choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']))
    .argument('<path>', 'such as /v1/projects')
    .argument('[body]', 'JSON')
    .addOption(keyOption())
    .addHelpText(
      'after',
      `
Prefer ANCRAGE_KEY to --key: other users of a machine see command lines.

Examples:
  npm run admin -- call GET /v1/projects/erp/subscriptions?health=open
  npm run admin -- call PATCH /v1/projects/erp/subscriptions/sub_… '{"enabled": false}'`,
    )
    .action(async (method: string, path: string, body: string | undefined, { key }: { key?: string }) => {
      if (!path.startsWith('/')) throw new UsageError('A path begins with "/".');
      const answer = await callApi(apiOf(deployment(), key), method, path, bodyOf(body));
      if (answer !== null) printJson(answer);
    });
}

function bodyOf(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new UsageError(`The body is not JSON: ${text}`);
  }
}
