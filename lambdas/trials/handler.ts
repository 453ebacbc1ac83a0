import { type JsonText, parseJson } from '../../core/domain/json-text.ts';
import { previewSchema, readTrialRequest, type TrialRequest, testSchema } from '../../core/domain/trial.ts';
import type { Log, ProjectStore, Sender } from '../../core/ports.ts';
import type { Trial } from '../../core/use-cases/trial.ts';
import { type ApiRequest, api } from '../middleware/api.ts';

export interface TrialsHandlerDependencies {
  readonly trial: Trial;
  readonly projects: Pick<ProjectStore, 'get'>;
  /** A sender for one request: no socket outlives an invocation. */
  readonly openSender: () => Sender & { close(): void };
  readonly log: Log;
}

const SUBSCRIPTION = '/v1/projects/{project}/subscriptions/{id}';

export function trialsHandler({ trial, projects, openSender, log }: TrialsHandlerDependencies) {
  return api(
    { log, projects },
    {
      [`POST ${SUBSCRIPTION}/test`]: {
        scope: 'manage',
        run: async (request) => {
          const { project, id } = request.path;
          const asked = await read(request, testSchema);
          const sender = openSender();
          try {
            return { status: 200, body: await trial.test(project, id, asked, sender) };
          } finally {
            sender.close();
          }
        },
      },
      // It answers what is signed, which a key that may only read must not have.
      [`POST ${SUBSCRIPTION}/preview`]: {
        scope: 'manage',
        run: async (request) => {
          const { project, id } = request.path;
          const asked = await read(request, previewSchema);
          return { status: 200, body: await trial.preview(project, id, asked) };
        },
      },
    },
  );
}

async function read(
  { text, json }: ApiRequest,
  schema: Parameters<typeof readTrialRequest>[0],
): Promise<TrialRequest> {
  if (text === '') return {};
  await json();
  return readTrialRequest(schema, parseJson(text).text as JsonText);
}
