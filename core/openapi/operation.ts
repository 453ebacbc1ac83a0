import type * as z from 'zod';
import type { OperationId, Route } from '../routes.ts';

/** Chapters of the reference, in its order. */
export const TAGS = {
  Projects: 'Tenants. Everything else belongs to one project.',
  Keys: 'What callers prove who they are with. A key belongs to a project and is allowed some scopes.',
  'Event types':
    'Descriptions, samples and schemas of event types. An event needs no registered type to be published.',
  Events: 'Publishing, and what became of what was published.',
  Subscriptions: 'A URL, the event types that it wants, and how it wants them sent.',
  Trials: 'Trying a subscription before anything is published.',
  Statistics: 'How deliveries go.',
  Replay: 'Sending again what was accepted before.',
  Weavy: 'REST hooks as Weavy speaks them, for Zapier and its like.',
  Frappe:
    'The REST API of Frappe, and so of Dokos and ERPNext, for their clients: webhooks and their request log. The ' +
    'key’s project is the site; `Authorization: token <key id>:<secret>` is as good as `Bearer`.',
  Reference: 'This document.',
} as const;
type Tag = keyof typeof TAGS;

/** What callers learn of a route besides its row in `core/routes.ts`. */
export interface Operation {
  readonly tag: Tag;
  readonly summary: string;
  /** CommonMark, of which the reference page knows paragraphs and code spans. */
  readonly description?: string;
  readonly query?: Query;
  /** It takes an `Idempotency-Key`: sent again within a day, it answers what it answered. */
  readonly once?: true;
  readonly body?: Body;
  /** By status: what callers hope for. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What may go wrong is among its answers, in a form of its own. */
  readonly hasOwnProblems?: true;
  /** By status: problems that other routes do not have, or have for other reasons. */
  readonly problems?: Readonly<Record<number, string>>;
}

export type Operations = { readonly [Id in OperationId]?: Operation };

/** An operation with the parts of its row that callers see. */
export type RoutedOperation = Operation &
  Pick<Route, 'method' | 'path' | 'scope'> & { readonly operationId: OperationId };

export interface Query {
  /** The very schema that validates, before defaults are set. */
  readonly schema: z.ZodObject;
  /** Of each parameter. */
  readonly descriptions: Readonly<Record<string, string>>;
}

export interface Body {
  /** By content type; each schema is registered among the bodies. */
  readonly content: Readonly<Record<string, z.ZodType>>;
  /** Whether nothing may be sent instead. */
  readonly optional?: boolean;
}

export interface Answer {
  readonly description: string;
  /** By content type; of each of JSON a schema that is registered among the views, of others none. */
  readonly content?: Readonly<Record<string, z.ZodType | null>>;
}

const JSON_TYPE = 'application/json';

export const jsonBody = (schema: z.ZodType): Body => ({ content: { [JSON_TYPE]: schema } });

export const jsonAnswer = (description: string, schema: z.ZodType): Answer => ({
  description,
  content: { [JSON_TYPE]: schema },
});

/** 204: also when there was none. */
export const gone: Answer = { description: 'It is gone, or was never there.' };
