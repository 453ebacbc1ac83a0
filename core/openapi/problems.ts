import * as z from 'zod';
import type { Scope } from '../model/api-key.ts';
import { views } from './components.ts';
import type { RoutedOperation } from './operation.ts';

const problem = views.add(
  'Problem',
  z.strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('The kind of problem.'),
    status: z.number().int().describe('The HTTP status.'),
    detail: z.string().describe('What went wrong, in one sentence.'),
    errors: z
      .array(
        z.strictObject({
          path: z
            .string()
            .describe(
              'The field: `events.0`, or `3.data.total` in an array of events. Empty for the body as a whole.',
            ),
          message: z.string(),
        }),
      )
      .min(1)
      .optional()
      .describe('Every error of the request.'),
  }),
  {
    description: 'A problem document (RFC 9457).',
    example: {
      type: 'about:blank',
      title: 'The request is not valid',
      status: 422,
      detail: 'url is not a valid URL; events is required',
      errors: [
        { path: 'url', message: 'is not a valid URL' },
        { path: 'events', message: 'is required' },
      ],
    },
  },
);

export const gatewayMessage = views.add('GatewayMessage', z.strictObject({ message: z.string() }), {
  description: 'A response of the gateway itself, which has called no function.',
  example: { message: 'Too Many Requests' },
});

const WHO = {
  ours: { 'application/problem+json': problem },
  either: { 'application/problem+json': problem, 'application/json': gatewayMessage },
  gateway: { 'application/json': gatewayMessage },
};

/** Who sends a status: our functions, or the gateway in front of them. */
const SENT_BY: Readonly<Record<number, keyof typeof WHO>> = {
  400: 'either',
  401: 'either',
  413: 'either',
  429: 'gateway',
  503: 'either',
};

export const problemContent = (status: number) => WHO[SENT_BY[status] ?? 'ours'];

/**
 * For a problem that a route describes itself: the function sends it, although the gateway may send the same status. A route
 * with a 401 of its own is open, and the gateway lets everybody pass.
 */
export const ownProblemContent = (status: number) =>
  WHO[status in SENT_BY && status !== 401 ? 'either' : 'ours'];

interface ProblemResponse {
  readonly status: number;
  readonly description: string;
}

const needs = (scope: Scope): ProblemResponse => ({
  status: 403,
  description: `The key lacks the scope \`${scope}\`.`,
});

/** The problems that many routes share, by their names in the document. */
export const commonProblems = {
  BadCursor: { status: 400, description: 'The cursor does not belong to this list.' },
  NotUtf8: { status: 400, description: 'The path is not percent-encoded UTF-8, or the body is not UTF-8.' },
  BadCursorOrPath: {
    status: 400,
    description: 'The cursor does not belong to this list, or the path is not percent-encoded UTF-8.',
  },
  Unauthorized: {
    status: 401,
    description: 'The bearer is malformed, unknown or expired; or missing, which the gateway says.',
  },
  NeedsAdmin: needs('admin'),
  NeedsManage: needs('manage'),
  NeedsPublish: needs('publish'),
  NeedsRead: needs('read'),
  NoSuchProject: {
    status: 404,
    description: 'The project does not exist, or the key belongs to another one.',
  },
  NotFound: {
    status: 404,
    description:
      'The project has no such resource, or does not exist. Another project’s resources look the same.',
  },
  TooLarge: { status: 413, description: 'The body is larger than 256 KB.' },
  UnsupportedMediaType: {
    status: 415,
    description: 'The content type is not JSON, or the body has a content encoding.',
  },
  Invalid: {
    status: 422,
    description: 'The request is not valid, or its body is not JSON. `errors` lists every error.',
  },
  TooManyRequests: {
    status: 429,
    description: 'API Gateway throttles the route, the stage or the account. Send the request again later.',
  },
  Unavailable: { status: 503, description: 'The key could not be looked up. Send the request again.' },
} as const satisfies Record<string, ProblemResponse>;

type CommonProblem = keyof typeof commonProblems;

const NEEDS = {
  admin: 'NeedsAdmin',
  manage: 'NeedsManage',
  publish: 'NeedsPublish',
  read: 'NeedsRead',
} as const satisfies Record<Scope, CommonProblem>;

/** Return the shared problems of an operation. */
export function commonProblemsOf({
  scope,
  path,
  query,
  body,
  parameters,
  hasOwnProblems,
}: RoutedOperation): CommonProblem[] {
  if (hasOwnProblems)
    return [...badRequest(path.includes('{') || body !== undefined, false), 'TooManyRequests'];
  return [
    ...badRequest(path.includes('{') || body !== undefined, query?.schema.shape.cursor !== undefined),
    ...(scope === 'open' ? [] : (['Unauthorized', 'Unavailable'] as const)),
    ...(scope === 'open' || scope === 'any' ? [] : [NEEDS[scope]]),
    ...(scope === 'open' || !path.includes('{')
      ? []
      : ([/\{(id|type|job|preset)\}/.test(path) ? 'NotFound' : 'NoSuchProject'] as const)),
    ...(body ? (['TooLarge', 'UnsupportedMediaType'] as const) : []),
    ...(body || query || parameters !== 'lenient' ? (['Invalid'] as const) : []),
    'TooManyRequests',
  ];
}

function badRequest(hasText: boolean, hasCursor: boolean): CommonProblem[] {
  if (hasText) return [hasCursor ? 'BadCursorOrPath' : 'NotUtf8'];
  return hasCursor ? ['BadCursor'] : [];
}
