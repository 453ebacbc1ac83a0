import type { NewSubscription } from '../../api-schemas/subscription.ts';
import { performListSchema, subscribeSchema, unsubscribeSchema } from '../../api-schemas/weavy.ts';
import { NotFoundError, ValidationError } from '../../kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../../kernel/json-text.ts';
import { validate } from '../../kernel/validate.ts';
import type { ManageSubscriptions } from '../../manage/subscriptions.ts';
import type { Scope } from '../../model/api-key.ts';
import { eventTypeNameSchema } from '../../model/event-type-name.ts';

export interface EntryPointsDependencies {
  readonly subscriptions: Pick<ManageSubscriptions, 'create' | 'remove'>;
  readonly samples: (project: string, type: string) => Promise<readonly JsonText[] | null>;
  /** Checks a native subscription, so that both APIs refuse the same. */
  readonly checkSubscription: (given: unknown) => NewSubscription;
}

export interface EntryPoint {
  /** What a key must be allowed. */
  readonly scope: Scope;
  /** Answers the response's JSON text. */
  run(project: string, body: unknown): Promise<JsonText>;
}

/** No code of ours is longer, so there is nothing to remove. */
const MAX_CODE_LENGTH = 64;

/**
 * Weavy's entry points by their code: REST hooks as Zapier and its like use them. Platforms add fields of their own
 * to these requests, so unknown ones are let pass.
 */
export function entryPoints({ subscriptions, samples, checkSubscription }: EntryPointsDependencies) {
  const byCode: Readonly<Record<string, EntryPoint>> = {
    EPT_WebhookSubscribe: {
      scope: 'manage',
      async run(project, body) {
        const { event, hookUrl } = validate(subscribeSchema, body);
        const given = checkNamed({ url: 'hookUrl', 'events.0': 'event' }, () =>
          checkSubscription({ url: hookUrl, events: [event], format: 'weavy' }),
        );
        const { id } = await subscriptions.create(project, given, { onGone: 'remove' });
        return resultText({ codeWebhookSubscription: id });
      },
    },
    EPT_WebhookUnsubscribe: {
      scope: 'manage',
      async run(project, body) {
        const { codeWebhookSubscription } = validate(unsubscribeSchema, body);
        if (codeWebhookSubscription.length <= MAX_CODE_LENGTH)
          await subscriptions.remove(project, codeWebhookSubscription);
        return resultText({ codeWebhookSubscription });
      },
    },
    EPT_WebhookPerformList: {
      scope: 'read',
      async run(project, body) {
        const { event } = validate(performListSchema, body);
        const known = eventTypeNameSchema.safeParse(event).success ? await samples(project, event) : null;
        if (known === null)
          throw ValidationError.of([
            { path: 'event', message: `"${event}" is not an event of this project` },
          ]);
        return `[${known.map((data) => objectText({ result: data })).join(',')}]` as JsonText;
      },
    },
  };

  return (code: string | undefined): EntryPoint => {
    const entryPoint = code !== undefined && Object.hasOwn(byCode, code) ? byCode[code] : undefined;
    if (entryPoint === undefined) throw new NotFoundError(`There is no entry point "${code ?? ''}".`);
    return entryPoint;
  };
}

const resultText = (result: object) => objectText({ result: toJsonText(result) });

/** Names the faults as the caller named the fields. */
function checkNamed<Result>(names: Readonly<Record<string, string>>, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw ValidationError.of(
      error.faults.map((fault) => ({ ...fault, path: names[fault.path] ?? fault.path })),
    );
  }
}
