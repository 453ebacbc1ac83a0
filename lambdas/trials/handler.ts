import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import {
  draftPreviewSchema,
  eventChoiceSchema,
  readEventChoice,
} from '../../core/api-schemas/test-request.ts';
import type { DestinationPolicy } from '../../core/contract.ts';
import { HOPS, refuseHops } from '../../core/model/hops.ts';
import {
  type Preview,
  type PreviewPorts,
  previewDraft,
  previewRequest,
} from '../../core/preview/preview-request.ts';
import { type SendTestPorts, sendTest } from '../../core/preview/send-test.ts';
import { spokenAttempt } from '../../core/read/spoken-attempt.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import type { Speech } from '../middleware/languages.ts';

type TrialsHandlerPorts = ApiOptions & PreviewPorts & SendTestPorts & { readonly policy: DestinationPolicy };

/** Test requests and previews. */
export function trialsHandler(ports: TrialsHandlerPorts) {
  const draftSchema = draftPreviewSchema(newSubscriptionSchema(ports.policy));
  return api('trials', ports, {
    testSubscription: async ({ path, headers, json, speech }) => {
      refuseHops(headers[HOPS]);
      const { choice } = readEventChoice(eventChoiceSchema, json.text);
      const attempt = await sendTest(ports, path.project, path.id, choice);
      return { status: 200, body: spokenAttempt(attempt, speech.say) };
    },
    previewSubscription: async ({ path, json, speech }) => {
      const { choice } = readEventChoice(eventChoiceSchema, json.text);
      const preview = await previewRequest(ports, path.project, path.id, choice);
      return { status: 200, body: spokenPreview(preview, speech) };
    },
    previewSubscriptionDraft: async ({ path, json, speech }) => {
      const { choice, body } = readEventChoice(draftSchema, json.text);
      const preview = await previewDraft(ports, path.project, body.subscription, choice);
      return { status: 200, body: spokenPreview(preview, speech) };
    },
  });
}

const spokenPreview = (preview: Preview, { say }: Speech): Preview =>
  preview.detail === undefined ? preview : { ...preview, detail: say(preview.detail) };
