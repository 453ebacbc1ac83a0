import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import {
  draftPreviewSchema,
  previewSchema,
  readTrialRequest,
  testSchema,
} from '../../core/api-schemas/test-request.ts';
import type { DestinationPolicy } from '../../core/contract.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { Sender } from '../../core/ports/sender.ts';
import type { Trial } from '../../core/preview/preview.ts';
import { type ApiRequest, api } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';

export interface TrialsHandlerDependencies {
  readonly trial: Trial;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly policy: DestinationPolicy;
  /** A sender for one request: no socket outlives an invocation. */
  readonly openSender: () => Sender & { close(): void };
  readonly log: FunctionLog;
}

const COLLECTION = '/v1/projects/{project}/subscriptions';
const ONE = `${COLLECTION}/{id}`;

export function trialsHandler({ trial, projects, policy, openSender, log }: TrialsHandlerDependencies) {
  const draftSchema = draftPreviewSchema(newSubscriptionSchema(policy));
  return api(
    { log, projects },
    {
      [`POST ${ONE}/test`]: {
        scope: 'manage',
        run: async (request) => {
          const { project, id } = request.path;
          const { asked } = readTrialRequest(testSchema, await jsonText(request));
          const sender = openSender();
          try {
            return { status: 200, body: await trial.test(project, id, asked, sender) };
          } finally {
            sender.close();
          }
        },
      },
      // Previews answer what is signed, which a key that may only read must not have.
      [`POST ${ONE}/preview`]: {
        scope: 'manage',
        run: async (request) => {
          const { project, id } = request.path;
          const { asked } = readTrialRequest(previewSchema, await jsonText(request));
          return { status: 200, body: await trial.preview(project, id, asked) };
        },
      },
      [`POST ${COLLECTION}/preview`]: {
        scope: 'manage',
        run: async (request) => {
          const { asked, given } = readTrialRequest(draftSchema, await jsonText(request));
          return {
            status: 200,
            body: await trial.previewDraft(request.path.project, given.subscription, asked),
          };
        },
      },
    },
  );
}

/** Where there is nothing, everything is left to us. */
const jsonText = async ({ text, document }: ApiRequest): Promise<JsonText> =>
  text === '' ? ('{}' as JsonText) : (await document()).text;
