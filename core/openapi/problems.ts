import * as z from 'zod';
import { views } from './components.ts';
import type { Operation } from './operation.ts';

const problem = views.add(
  'Problem',
  z.strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('The kind of problem, the same for each of its kind.'),
    status: z.number().int().describe('The HTTP status.'),
    detail: z.string().describe('What went wrong, in one sentence.'),
    errors: z
      .array(
        z.strictObject({
          path: z
            .string()
            .describe(
              'Where: `events.0`, in an array of events `3.data.total`, empty for the body as a whole.',
            ),
          message: z.string(),
        }),
      )
      .min(1)
      .optional()
      .describe('Every fault of the request.'),
  }),
  {
    description: 'A problem document (RFC 9457).',
    examples: [
      {
        type: 'about:blank',
        title: 'The request is not valid',
        status: 422,
        detail: 'url is not a valid URL; events is required',
        errors: [
          { path: 'url', message: 'is not a valid URL' },
          { path: 'events', message: 'is required' },
        ],
      },
    ],
  },
);

const gatewayMessage = views.add('GatewayMessage', z.strictObject({ message: z.string() }), {
  description: 'What the gateway answers itself, before any of our functions has seen the request.',
  examples: [{ message: 'Too Many Requests' }],
});

const WHO = {
  ours: { 'application/problem+json': problem },
  either: { 'application/problem+json': problem, 'application/json': gatewayMessage },
  gateway: { 'application/json': gatewayMessage },
};

/** Who may answer with a status: our functions, or the gateway in front of them. */
const ANSWERED_BY: Readonly<Record<number, keyof typeof WHO>> = {
  413: 'either',
  429: 'gateway',
  503: 'either',
};

export const problemContent = (status: number) => WHO[ANSWERED_BY[status] ?? 'ours'];

/** What may go wrong on a route, by status: what its kind of route has in common, then what is its own. */
export function problemsOf({ scope, path, query, body, problems }: Operation): Record<number, string> {
  const authorized = scope !== 'open';
  return {
    ...(query?.schema.shape.cursor && { 400: 'The cursor is not one that this list gave.' }),
    ...(authorized && { 401: 'The bearer is missing, malformed, unknown or expired.' }),
    ...(authorized && scope !== 'any' && { 403: `The key has not the scope \`${scope}\`.` }),
    ...(authorized && path.includes('{') && { 404: notFound(path) }),
    ...(body && { 413: 'The body is larger than 256 KB.', 415: 'The content type is not JSON’s.' }),
    ...((body || query) && {
      422: 'The request is not valid, or its body is not JSON. `errors` has every fault.',
    }),
    429: 'More requests than the account’s API Gateway takes. Send it again later.',
    ...(authorized && { 503: 'The key could not be looked up. Send the request again.' }),
    ...problems,
  };
}

const notFound = (path: string) =>
  path.endsWith('{project}')
    ? 'There is no such project, or it is another’s.'
    : 'There is nothing of this id in the project, or no such project; another’s looks the same.';
