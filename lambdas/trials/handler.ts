import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import {
  draftPreviewSchema,
  eventChoiceSchema,
  readEventChoice,
} from '../../core/api-schemas/test-request.ts';
import type { DestinationPolicy } from '../../core/contract.ts';
import { HOPS, refuseHops } from '../../core/model/hops.ts';
import { type PreviewPorts, previewDraft, previewRequest } from '../../core/preview/preview-request.ts';
import { type SendTestPorts, sendTest } from '../../core/preview/send-test.ts';
import { type ApiOptions, api } from '../middleware/api.ts';

type TrialsHandlerPorts = ApiOptions & PreviewPorts & SendTestPorts & { readonly policy: DestinationPolicy };

/** Test requests and previews. */
export function trialsHandler(ports: TrialsHandlerPorts) {
  const draftSchema = draftPreviewSchema(newSubscriptionSchema(ports.policy));
  return api('trials', ports, {
    testSubscription: async ({ path, headers, json }) => {
      refuseHops(headers[HOPS]);
      const { choice } = readEventChoice(eventChoiceSchema, json.text);
      return { status: 200, body: await sendTest(ports, path.project, path.id, choice) };
    },
    previewSubscription: async ({ path, json }) => {
      const { choice } = readEventChoice(eventChoiceSchema, json.text);
      return { status: 200, body: await previewRequest(ports, path.project, path.id, choice) };
    },
    previewSubscriptionDraft: async ({ path, json }) => {
      const { choice, body } = readEventChoice(draftSchema, json.text);
      return { status: 200, body: await previewDraft(ports, path.project, body.subscription, choice) };
    },
  });
}
