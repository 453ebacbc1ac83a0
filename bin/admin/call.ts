import { Argument, type Command } from 'commander';
import { toPathSegment } from '../../client/path-segment.ts';
import { apiOf, callApi, keyOption } from './api.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { printJson } from './print.ts';

export function addCallCommand(program: Command, { deployment }: Context): void {
  program
    .command('call')
    .description('send a request to the API and print the response')
    .addArgument(new Argument('<method>').choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']))
    .argument('<path>', 'path, such as /v1/projects; a name in braces may have any characters')
    .argument('[body]', 'request body in JSON')
    .addOption(keyOption())
    .addHelpText(
      'after',
      `
Prefer ANCRAGE_KEY to --key: other users of the machine can see command lines.

Examples:
  npm run admin -- call GET /v1/projects/erp/subscriptions?state=paused
  npm run admin -- call PATCH /v1/projects/erp/subscriptions/sub_… '{"enabled": false}'
  npm run admin -- call GET '/v1/projects/erp/events/{order/1042}/attempts'`,
    )
    .action(async (method: string, path: string, body: string | undefined, { key }: { key?: string }) => {
      if (!path.startsWith('/')) throw new UsageError('The path must begin with "/".');
      const content = await callApi(apiOf(deployment(), key), method, pathOf(path), bodyOf(body));
      if (content !== null) printJson(content);
    });
}

/** Write the names in braces as segments. What is in braces in the query stays. */
const pathOf = (path: string): string =>
  path.replace(/^(?:\/\{.+?\}(?=[/?]|$)|[^?])*/s, (beforeQuery) =>
    beforeQuery.replaceAll(/(?<=\/)\{(.+?)\}(?=[/?]|$)/gs, (_, name: string) => toPathSegment(name)),
  );

function bodyOf(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new UsageError(`The body is not JSON: ${text}`);
  }
}
