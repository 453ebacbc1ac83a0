import type * as z from 'zod';
import { mapValues } from '../kernel/objects.ts';
import type { OperationId, parametersOf, Route } from '../routes.ts';

/** The chapters of the reference, in order. */
export const TAGS = {
  Projects: 'Tenants. Everything else belongs to a project.',
  Keys: 'Credentials of callers. A key belongs to a project and has scopes.',
  'Event types':
    'Descriptions, samples and schemas of event types. Events of unregistered types are accepted as well.',
  Events: 'Publish events, and follow what happened to them.',
  Subscriptions: 'A URL, the event types that it receives, and the form in which it receives them.',
  'Tests and previews': 'Try a subscription before anything is published.',
  Statistics: 'Counts and durations of attempts.',
  Replay: 'Deliver accepted events again.',
  Erasure: 'Erase what events say, for an event or for everything that a person has caused.',
  Jobs: 'The replays and erasures of a project in one list.',
  Weavy: 'Weavy’s REST hooks, for Zapier and similar platforms.',
  Frappe:
    'The REST API of Frappe, and thus of Dokos and ERPNext, for their clients: webhooks and their request log. The ' +
    'key’s project plays the part of the site; `Authorization: token <key id>:<secret>` is equivalent to `Bearer`.',
  Reference: 'This document.',
} as const;

/** The documentation of a route, without the parts that its row in `core/routes.ts` has. */
export interface Operation {
  readonly summary: string;
  /** CommonMark; the reference page renders only paragraphs and code spans. */
  readonly description?: string;
  readonly query?: Query;
  /** Whether it takes an `Idempotency-Key`. */
  readonly once?: true;
  /** Whether it takes `ancrage-hops`. */
  readonly hops?: true;
  readonly body?: Body;
  /** The expected responses, by status. */
  readonly responses: Readonly<Record<number, Response>>;
  /** Whether `responses` has its problems as well, because they have a form of their own. */
  readonly hasOwnProblems?: true;
  /** Problems that other routes do not have, or have for other reasons, by status. */
  readonly problems?: Readonly<Record<number, string>>;
}

export interface TaggedOperation extends Operation {
  readonly tag: keyof typeof TAGS;
}

/** Return the operations of a chapter. */
export const chapter = <Id extends OperationId>(
  tag: TaggedOperation['tag'],
  operations: Readonly<Record<Id, Operation>>,
): Record<Id, TaggedOperation> => mapValues(operations, (operation) => ({ ...operation, tag }));

/** An operation with the documented parts of its row. */
export type RoutedOperation = TaggedOperation &
  Pick<Route, 'method' | 'path' | 'scope'> & {
    readonly operationId: OperationId;
    /** The parameters that it may have. */
    readonly parameters: ReturnType<typeof parametersOf>;
  };

export interface Query {
  /** The schema that validates, before it sets defaults. */
  readonly schema: z.ZodObject;
  /** By parameter. */
  readonly descriptions: Readonly<Record<string, string>>;
}

export interface Body {
  /** By content type; each schema is registered in `bodies`. */
  readonly content: Readonly<Record<string, z.ZodType>>;
  /** Whether the body may be empty. */
  readonly optional?: boolean;
}

export interface Response {
  readonly description: string;
  /** By content type: the schema of JSON, registered in `views`; null for other types. */
  readonly content?: Readonly<Record<string, z.ZodType | null>>;
}

const JSON_TYPE = 'application/json';

export const jsonBody = (schema: z.ZodType): Body => ({ content: { [JSON_TYPE]: schema } });

export const jsonResponse = (description: string, schema: z.ZodType): Response => ({
  description,
  content: { [JSON_TYPE]: schema },
});

/** A 204, even if there was nothing to delete. */
export const gone: Response = { description: 'It is deleted, or never existed.' };
