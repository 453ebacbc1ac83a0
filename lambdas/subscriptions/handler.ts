import {
  attemptFilterSchema,
  deliveryFilterSchema,
  subscriptionFilterSchema,
} from '../../core/api-schemas/list-query.ts';
import {
  newSubscriptionSchema,
  rotationSchemaFor,
  subscriptionPatchSchema,
} from '../../core/api-schemas/subscription.ts';
import type { FitWarning } from '../../core/fit/fit-warning.ts';
import { spokenWarning } from '../../core/fit/spoken-warning.ts';
import { decidesFit, type SubscriptionFitPorts, subscriptionFit } from '../../core/fit/subscription-fit.ts';
import type { CreateOncePorts } from '../../core/idempotency/create-once.ts';
import { validate } from '../../core/kernel/validate.ts';
import { type ChangeSubscriptionPorts, changeSubscription } from '../../core/manage/change-subscription.ts';
import { type CreateSubscriptionPorts, createSubscription } from '../../core/manage/create-subscription.ts';
import { getSubscription } from '../../core/manage/get-subscription.ts';
import { type RemoveSubscriptionPorts, removeSubscription } from '../../core/manage/remove-subscription.ts';
import { type ResumePorts, resumeSubscription } from '../../core/manage/resume-subscription.ts';
import { type RotateSecretPorts, rotateSecret } from '../../core/manage/rotate-secret.ts';
import { sendNow } from '../../core/manage/send-now.ts';
import { hasScope } from '../../core/model/api-key.ts';
import { attemptStats } from '../../core/model/attempt-stats.ts';
import { maskHeaders } from '../../core/model/header-mask.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { maskUrl } from '../../core/model/url-mask.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import type { AttemptLog } from '../../core/ports/attempt-log.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { SubscriptionStore } from '../../core/ports/subscription-store.ts';
import { spokenAttempt } from '../../core/read/spoken-attempt.ts';
import {
  type SubscriptionHealth,
  type SubscriptionHealthPorts,
  subscriptionHealth,
} from '../../core/read/subscription-health.ts';
import { visibleAttempt } from '../../core/read/visible-attempt.ts';
import { shownSecret } from '../../core/request/signatures.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { answerCreation } from '../middleware/creation.ts';
import { beforeBody } from '../middleware/handlers.ts';
import type { Speech } from '../middleware/languages.ts';
import { answerList, type ListPorts } from '../middleware/paging.ts';

type SubscriptionsHandlerPorts = ApiOptions &
  CreateSubscriptionPorts &
  ChangeSubscriptionPorts &
  RemoveSubscriptionPorts &
  ResumePorts &
  RotateSecretPorts &
  CreateOncePorts &
  SubscriptionFitPorts &
  SubscriptionHealthPorts &
  ListPorts & {
    readonly subscriptions: Pick<SubscriptionStore, 'list'>;
    readonly attemptLog: Pick<AttemptLog, 'ofSubscription'>;
    readonly mailbox: Pick<Mailbox, 'list'>;
  };

/** How many attempts the statistics cover. */
const LATEST = 100;

export function subscriptionsHandler(ports: SubscriptionsHandlerPorts) {
  const { subscriptions, attemptLog, mailbox } = ports;
  const view = async (subscription: Subscription, { say }: Speech, mayManage = true) =>
    viewOf(subscription, spokenHealth(await subscriptionHealth(ports, subscription), say), mayManage);
  const newSchema = newSubscriptionSchema(ports.policy);
  return api('subscriptions', ports, {
    createSubscription: async (request) => {
      const given = validate(newSchema, request.json.value);
      const created: Subscription[] = [];
      const answer = await answerCreation(ports, request, given, async (seed) => {
        const subscription = await createSubscription(ports, request.path.project, given, {}, seed);
        created.push(subscription);
        return {
          status: 201,
          body: { ...(await view(subscription, request.speech)), secret: secretOf(subscription) },
        };
      });
      // Not kept with the answer for a repeated request: a warning quotes events, which may be erased.
      const [subscription] = created;
      const warning = subscription === undefined ? null : await subscriptionFit(ports, subscription);
      return { ...answer, body: { ...(answer.body as object), ...warnings(warning, request.speech) } };
    },
    listSubscriptions: (request) =>
      answerList(ports, request, {
        filter: subscriptionFilterSchema,
        read: async (page, filter) => {
          const { items, cursor } = await subscriptions.list(request.path.project, page, filter);
          const mayManage = hasScope(request.principal, 'manage');
          return {
            items: await Promise.all(items.map((item) => view(item, request.speech, mayManage))),
            cursor,
          };
        },
        view: (subscription) => subscription,
      }),
    getSubscription: async ({ path, principal, speech }) => ({
      status: 200,
      body: await view(
        await getSubscription(ports, path.project, path.id),
        speech,
        hasScope(principal, 'manage'),
      ),
    }),
    changeSubscription: async ({ path, json, speech }) => {
      const patch = validate(subscriptionPatchSchema, json.value);
      const changed = await changeSubscription(ports, path.project, path.id, patch);
      const warning = decidesFit(patch) ? await subscriptionFit(ports, changed) : null;
      return { status: 200, body: { ...(await view(changed, speech)), ...warnings(warning, speech) } };
    },
    deleteSubscription: async ({ path }) => {
      await removeSubscription(ports, path.project, path.id);
      return { status: 204 };
    },
    getSigningSecret: async ({ path }) => {
      const subscription = await getSubscription(ports, path.project, path.id);
      return { status: 200, body: { secret: secretOf(subscription) } };
    },
    rotateSigningSecret: beforeBody(
      ({ path }) => getSubscription(ports, path.project, path.id),
      async ({ path, json }, { signature }) => {
        const { overlapSeconds, secret } = validate(rotationSchemaFor(signature), json.value);
        const rotated = await rotateSecret(ports, path.project, path.id, overlapSeconds, secret);
        return { status: 200, body: { secret: shownSecret(signature, rotated) } };
      },
    ),
    resumeSubscription: async ({ path, speech }) => ({
      status: 200,
      body: await view(await resumeSubscription(ports, path.project, path.id), speech),
    }),
    sendPendingDeliveries: async ({ path, speech }) => ({
      status: 202,
      body: await view(await sendNow(ports, path.project, path.id), speech),
    }),
    listAttemptsOfSubscription: (request) =>
      answerList(ports, request, {
        filter: attemptFilterSchema,
        read: async (page, filter) => {
          const { id } = await getSubscription(ports, request.path.project, request.path.id);
          return attemptLog.ofSubscription(id, page, filter);
        },
        view: (attempt) =>
          spokenAttempt(visibleAttempt(attempt, hasScope(request.principal, 'manage')), request.speech.say),
      }),
    listPendingDeliveries: (request) =>
      answerList(ports, request, {
        filter: deliveryFilterSchema,
        read: async (page) => {
          const { project, id } = request.path;
          const { cancelledUntil } = await getSubscription(ports, project, id);
          // Cancelled deliveries stay in the mailbox until they fall due.
          return mailbox.list(id, page, { requestedAfter: cancelledUntil });
        },
        view: pendingView,
      }),
    getSubscriptionStats: async ({ path }) => {
      const { id } = await getSubscription(ports, path.project, path.id);
      const { items } = await attemptLog.ofSubscription(id, { limit: LATEST, cursor: null });
      return { status: 200, body: attemptStats(items) };
    },
  });
}

const spokenHealth = (health: SubscriptionHealth, say: Speech['say']): SubscriptionHealth => {
  const { lastFailure } = health;
  return lastFailure === null ? health : { ...health, lastFailure: say(lastFailure) };
};

/** Without a warning, the answer has no `warnings`. */
const warnings = (warning: FitWarning | null, speech: Speech) =>
  warning !== null && { warnings: [spokenWarning(warning, speech.say)] };

const secretOf = ({ signature, secrets }: Subscription) =>
  secrets[0] && shownSecret(signature, secrets[0].secret);

/** Return a subscription as callers see it: without secrets, and below `manage` without what may be one in its URL. */
function viewOf(subscription: Subscription, health: SubscriptionHealth, mayManage: boolean) {
  const { id, name, url, events, enabled, disabledReason, condition, method, headers } = subscription;
  const { format, fields, fieldsEncoding, template, dynamicUrl, dynamicOrigin, signature } = subscription;
  const { timeoutSeconds, retry, redirects, metadata, createdAt, updatedAt } = subscription;
  const { rateLimit, maxInFlight, ordering, traceState, log, paused } = subscription;
  return {
    ...{ id, name, url: mayManage ? url : maskUrl(url), events, enabled, disabledReason, condition, method },
    headers: maskHeaders(headers),
    ...{ format, fields, fieldsEncoding, template, dynamicUrl, dynamicOrigin, signature },
    ...{ timeoutSeconds, retry, redirects, metadata, rateLimit, maxInFlight, ordering, traceState, log },
    ...{ paused, health, createdAt, updatedAt },
  };
}

const pendingView = ({ eventId, number, dueAt }: WaitingDelivery) => ({
  eventId,
  state: 'pending',
  number,
  dueAt: new Date(dueAt).toISOString(),
});
