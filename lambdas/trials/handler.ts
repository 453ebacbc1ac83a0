import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import {
  draftPreviewSchema,
  previewSchema,
  readEventChoice,
  testSchema,
} from '../../core/api-schemas/test-request.ts';
import type { DestinationPolicy } from '../../core/contract.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { type PreviewPorts, previewDraft, previewRequest } from '../../core/preview/preview-request.ts';
import { type SendTestPorts, sendTest } from '../../core/preview/send-test.ts';
import { type ApiRequest, api } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';

type TrialsHandlerPorts = PreviewPorts &
  SendTestPorts & {
    readonly policy: DestinationPolicy;
    readonly log: FunctionLog;
  };

const COLLECTION = '/v1/projects/{project}/subscriptions';
const ONE = `${COLLECTION}/{id}`;

/** Test requests and previews. */
export function trialsHandler(ports: TrialsHandlerPorts) {
  const draftSchema = draftPreviewSchema(newSubscriptionSchema(ports.policy));
  return api(ports, {
    [`POST ${ONE}/test`]: {
      scope: 'manage',
      run: async (request) => {
        const { project, id } = request.path;
        const { choice } = readEventChoice(testSchema, await jsonText(request));
        return { status: 200, body: await sendTest(ports, project, id, choice) };
      },
    },
    // A preview shows the signature, which a key that may only read must not have.
    [`POST ${ONE}/preview`]: {
      scope: 'manage',
      run: async (request) => {
        const { project, id } = request.path;
        const { choice } = readEventChoice(previewSchema, await jsonText(request));
        return { status: 200, body: await previewRequest(ports, project, id, choice) };
      },
    },
    [`POST ${COLLECTION}/preview`]: {
      scope: 'manage',
      run: async (request) => {
        const { choice, body } = readEventChoice(draftSchema, await jsonText(request));
        const preview = await previewDraft(ports, request.path.project, body.subscription, choice);
        return { status: 200, body: preview };
      },
    },
  });
}

/** A missing body asks for nothing in particular. */
const jsonText = async ({ text, document }: ApiRequest): Promise<JsonText> =>
  text === '' ? ('{}' as JsonText) : (await document()).text;
