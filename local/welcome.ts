import type { LocalStack } from './local-stack.ts';

/** What a newcomer needs to know of a stack that has just started. */
export function welcome({ outputs, logsDir }: LocalStack, dataDir: string, ephemeral: boolean): string {
  const { apiUrl, project, adminKey, eventsQueueUrl, awsEndpointUrlSqs } = outputs;
  return `
  API            ${apiUrl}
  API key        ${adminKey}   (project ${project})
  Events queue   ${eventsQueueUrl}   (SQS endpoint ${awsEndpointUrlSqs})
  Data           ${ephemeral ? 'kept nowhere (--ephemeral)' : dataDir}
  Logs           ${logsDir}
  For programs   ${dataDir}/outputs.json

  See webhooks arrive, in another terminal:
    npm run listen

  Publish an event:
    curl -X POST ${apiUrl}/v1/projects/${project}/events \\
      -H 'authorization: Bearer ${adminKey}' -H 'content-type: application/json' \\
      -d '{"type": "invoice.paid", "data": {"id": "inv_1", "total": 42.50}}'
`;
}
