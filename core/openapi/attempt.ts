import * as z from 'zod';
import { attemptFilterSchema } from '../api-schemas/list-query.ts';
import { named, views } from './components.ts';
import { pageOf } from './listing.ts';
import { deliveryMethod } from './subscription-settings.ts';

const time = z.iso.datetime();
const headers = z.record(z.string(), z.string());
/** As in W3C Trace Context. */
export const traceId = z
  .string()
  .regex(/^[\da-f]{32}$/)
  .optional();
const truncated = z.string().optional();

export const outcome = named('Outcome', attemptFilterSchema.shape.outcome.unwrap());

export const trigger = views.add('AttemptTrigger', z.enum(['event', 'retry', 'replay', 'test']));

export const attemptError = views.add(
  'AttemptError',
  z.enum(['timeout', 'dns', 'connection', 'tls', 'blocked-address', 'redirect', 'status', 'render']),
);

export const attempt = views.add(
  'Attempt',
  z.strictObject({
    id: z.string(),
    eventId: z.string(),
    eventType: z.string(),
    subscriptionId: z.string(),
    number: z.int().min(1).describe('1 for the first attempt of a delivery.'),
    trigger,
    traceId: traceId.describe('The trace that the request belongs to, if the event has one.'),
    at: time,
    durationMs: z.number().min(0).describe('Milliseconds from the DNS look-up to the last byte.'),
    request: views
      .add(
        'AttemptRequest',
        z.strictObject({
          method: deliveryMethod,
          url: z
            .string()
            .describe(
              'Without its query and path segments that may be credentials, unless the key has the scope `manage`.',
            ),
          headers: headers.describe(
            'Values of the subscription’s headers are masked. So is `webhook-signature` unless the key has the scope `manage`.',
          ),
          body: z.string(),
          truncated: truncated.describe(
            'What is left out of the request, and why; `erased` if the event’s data was erased.',
          ),
        }),
      )
      .describe('The request as it was sent.'),
    redirects: z
      .array(
        views.add(
          'Redirect',
          z.strictObject({
            status: z.int().describe('The status of the response.'),
            method: z
              .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
              .describe('The method of the request that followed it.'),
            location: z
              .string()
              .describe(
                'The URL of that request. Below the scope `manage`, what may be a credential is left out.',
              ),
          }),
        ),
      )
      .optional()
      .describe('The redirects that were followed. The `response` is that of the last request.'),
    response: views
      .add(
        'AttemptResponse',
        z.strictObject({
          status: z.int(),
          headers: headers.describe(
            'Header names are in lower case. Those that may hold credentials are masked, such as `set-cookie`.',
          ),
          body: z
            .string()
            .describe(
              'At most the first 16 KB, decoded if it came compressed. Secrets of the subscription in it are masked, and signatures unless the key has the scope `manage`.',
            ),
          truncated: truncated.describe(
            'What is left out of the response, and why, or why `body` is not decoded: `the first 16384 of 40960 bytes are ' +
              'kept`, `the list leaves out 276 bytes of the body, 4 of 9 headers` or `the server closed the connection in the ' +
              'middle of its response`, say.',
          ),
        }),
      )
      .nullable()
      .describe('Null if there was no response.'),
    outcome,
    error: attemptError
      .nullable()
      .describe(
        '`status`: the response was not a success. `render`: no request could be made from the event. `dns`: the host ' +
          'name does not exist, has an address that is not public, or its name servers do not answer; which of them is ' +
          'not told. `blocked-address`: the URL itself is not allowed.',
      ),
    detail: z.string().optional().describe('Details of the error.'),
    nextAttemptAt: time.nullable().describe('Null if no attempt follows.'),
  }),
  {
    description:
      'One HTTP request of a delivery. Lists show about 1 KB of it; whether more is kept, and was left out, `truncated` says.',
    example: {
      id: 'att_1mBRyKCGr2l9s8a7dQpXzw',
      eventId: 'invoice-1-paid',
      eventType: 'invoice.paid',
      subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
      number: 1,
      trigger: 'event',
      at: '2026-11-21T20:04:48.120Z',
      durationMs: 87,
      request: {
        method: 'POST',
        url: 'https://example.com/hook',
        headers: { 'content-type': 'application/json', 'webhook-id': 'invoice-1-paid' },
        body: '{"type":"invoice.paid","timestamp":"2026-11-21T20:04:48.000Z","data":{"id":"inv_1","total":120.5}}',
      },
      response: { status: 503, headers: { 'content-type': 'text/plain' }, body: 'try later' },
      outcome: 'failure',
      error: 'status',
      detail: 'answered 503',
      nextAttemptAt: '2026-11-21T20:04:53.540Z',
    },
  },
);

/** The description of the filter of lists that have attempts of several events. */
export const OF_TYPE = 'Only attempts of events of exactly this type.';

/** The descriptions of the filters that every list of attempts has. */
export const ATTEMPT_FILTERS = {
  outcome: 'Only attempts with this outcome.',
  since: 'Only attempts that were made at this time or later.',
  until: 'Only attempts that were made at this time or earlier.',
};

export const attemptPage = pageOf('AttemptPage', attempt);
