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
import type { DestinationPolicy } from '../../core/contract.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { ManageSubscriptions } from '../../core/manage/subscriptions.ts';
import { attemptStats } from '../../core/model/attempt-stats.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import { maskHeaders } from '../../core/model/header-mask.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { AttemptLog } from '../../core/ports/attempt-log.ts';
import type { ParkedDeliveries } from '../../core/ports/parked-deliveries.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { SubscriptionStore } from '../../core/ports/subscription-store.ts';
import { api } from '../middleware/api.ts';
import type { AnswerCreation } from '../middleware/creation.ts';
import type { FunctionLog } from '../middleware/log.ts';
import type { AnswerList } from '../middleware/paging.ts';

export interface SubscriptionsHandlerDependencies {
  readonly manage: ManageSubscriptions;
  readonly subscriptions: Pick<SubscriptionStore, 'list'>;
  readonly attempts: Pick<AttemptLog, 'ofSubscription'>;
  readonly parked: Pick<ParkedDeliveries, 'ofSubscription'>;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly policy: DestinationPolicy;
  readonly answerList: AnswerList;
  readonly answerCreation: AnswerCreation;
  readonly log: FunctionLog;
}

const COLLECTION = '/v1/projects/{project}/subscriptions';
const ONE = `${COLLECTION}/{id}`;
/** Attempts that statistics are of. */
const LATEST = 100;

export function subscriptionsHandler({
  manage,
  subscriptions,
  attempts,
  parked,
  projects,
  policy,
  answerList,
  answerCreation,
  log,
}: SubscriptionsHandlerDependencies) {
  const newSchema = newSubscriptionSchema(policy);
  return api(
    { log, projects },
    {
      [`POST ${COLLECTION}`]: {
        scope: 'manage',
        run: async (request) => {
          const given = validate(newSchema, await request.json());
          return answerCreation(request, given, async (seed) => {
            const subscription = await manage.create(request.path.project, given, undefined, seed);
            return { status: 201, body: { ...view(subscription), secret: subscription.secrets[0]?.secret } };
          });
        },
      },
      [`GET ${COLLECTION}`]: {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: subscriptionFilterSchema,
            read: (page, filter) => subscriptions.list(request.path.project, page, filter),
            view,
          }),
      },
      [`GET ${ONE}`]: {
        scope: 'read',
        run: async ({ path }) => ({ status: 200, body: view(await manage.get(path.project, path.id)) }),
      },
      [`PATCH ${ONE}`]: {
        scope: 'manage',
        run: async ({ path, json }) => ({
          status: 200,
          body: view(
            await manage.change(path.project, path.id, validate(subscriptionPatchSchema, await json())),
          ),
        }),
      },
      [`DELETE ${ONE}`]: {
        scope: 'manage',
        run: async ({ path }) => {
          await manage.remove(path.project, path.id);
          return { status: 204 };
        },
      },
      [`GET ${ONE}/secret`]: {
        scope: 'manage',
        run: async ({ path }) => ({
          status: 200,
          body: { secret: (await manage.get(path.project, path.id)).secrets[0]?.secret },
        }),
      },
      [`POST ${ONE}/rotate-secret`]: {
        scope: 'manage',
        run: async ({ path, json, text }) => {
          const { signature } = await manage.get(path.project, path.id);
          const given = text === '' ? {} : await json();
          const { overlapSeconds, secret } = validate(rotationSchemaFor(signature), given);
          return {
            status: 200,
            body: { secret: await manage.rotateSecret(path.project, path.id, overlapSeconds, secret) },
          };
        },
      },
      [`GET ${ONE}/attempts`]: {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: attemptFilterSchema,
            read: async (page, filter) => {
              const { id } = await manage.get(request.path.project, request.path.id);
              return attempts.ofSubscription(id, page, filter);
            },
            view: (attempt) => attempt,
          }),
      },
      [`GET ${ONE}/stats`]: {
        scope: 'read',
        run: async ({ path }) => {
          const { id } = await manage.get(path.project, path.id);
          const { items } = await attempts.ofSubscription(id, { limit: LATEST, cursor: null });
          return { status: 200, body: attemptStats(items) };
        },
      },
      [`GET ${ONE}/deliveries`]: {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: deliveryFilterSchema,
            read: async (page) => {
              const { id, cancelledUntil } = await manage.get(request.path.project, request.path.id);
              // What was cancelled stays in the table until it falls due.
              return parked.ofSubscription(id, page, { requestedAfter: cancelledUntil });
            },
            view: pendingView,
          }),
      },
    },
  );
}

/** What callers see of a subscription: no secrets, and credentials in its headers masked. */
function view(subscription: Subscription) {
  const { id, name, url, events, enabled, disabledReason, condition, method, headers } = subscription;
  const { format, fields, fieldsEncoding, template, dynamicUrl, signature } = subscription;
  const { timeoutSeconds, retry, metadata, health, createdAt, updatedAt } = subscription;
  return {
    ...{ id, name, url, events, enabled, disabledReason, condition, method },
    headers: maskHeaders(headers),
    ...{ format, fields, fieldsEncoding, template, dynamicUrl, signature },
    ...{ timeoutSeconds, retry, metadata, health, createdAt, updatedAt },
  };
}

/** A held one is due when its endpoint answers again, which nobody knows. */
const pendingView = ({ eventId, number, scheduledFor, held }: ParkedDelivery) => ({
  eventId,
  state: 'pending',
  number,
  held,
  dueAt: held ? null : new Date(scheduledFor).toISOString(),
});
