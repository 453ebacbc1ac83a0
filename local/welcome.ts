import type { Inspection } from './functions/function-host.ts';
import type { LocalStack } from './local-stack.ts';
import { type CommandLine, DEFAULT_DATA_DIR } from './options.ts';

/** Return the message that is printed when a stack has started. */
export function welcome(
  { outputs, logsDir }: LocalStack,
  { dataDir, ephemeral, guard, watch, inspect }: CommandLine,
): string {
  const { apiUrl, consoleUrl, project, adminKey, eventsQueueUrl, awsEndpointUrlSqs } = outputs;
  const listen = `npm run listen${dataDir === DEFAULT_DATA_DIR ? '' : ` -- --data-dir ${dataDir}`}`;
  return `
  Console        ${consoleUrl}   (sign in with the admin key)
  API            ${apiUrl}
  Admin key      ${adminKey}   (for every project; there is one, ${project})
  Events queue   ${eventsQueueUrl}   (SQS endpoint ${awsEndpointUrlSqs})
  Data           ${ephemeral ? 'not kept (--ephemeral)' : dataDir}
  Logs           ${logsDir}${ephemeral ? '   (deleted when the stack stops)' : ''}
  For scripts    ${dataDir}/outputs.json
${watch ? WATCHED : ''}${inspect === undefined ? '' : inspected(inspect)}
${guard ? GUARDED : `  Watch webhooks arrive in another terminal:\n    ${listen}`}

  Publish an event:
    curl -X POST ${apiUrl}/v1/projects/${project}/events \\
      -H 'authorization: Bearer ${adminKey}' -H 'content-type: application/json' \\
      -d '{"type": "invoice.paid", "data": {"id": "inv_1", "total": 42.50}}'
`;
}

const WATCHED = '  Watched        core, lambdas, client: a function that changes is bundled again\n';

const inspected = ({ functionName, port }: Inspection): string =>
  `  Debugger       127.0.0.1:${port} for ${functionName}   (chrome://inspect or VS Code; it has one instance and no timeout)\n`;

const GUARDED =
  '  The address guard is on (--guard): hook URLs must be public https URLs, so npm run listen does not work.';
