import * as z from 'zod';
import { trafficQuerySchema } from '../api-schemas/traffic.ts';
import { MOST_COUNTED, MOST_FAILING } from '../read/project-summary.ts';
import { views } from './components.ts';
import { chapter, jsonResponse } from './operation.ts';

const time = z.iso.datetime();
const count = z.int().min(0);
const milliseconds = z.number().min(0).nullable();

const traffic = views.add(
  'Traffic',
  z.strictObject({
    stepSeconds: z.int().describe('300 for periods of up to a day, 3600 for longer ones.'),
    data: z.array(
      z.strictObject({
        at: time.describe('The start of the step.'),
        succeeded: count,
        retrying: count.describe('Failed, and another attempt follows.'),
        failed: count.describe('Failed, and no attempt follows.'),
        p50Ms: milliseconds.describe('The median duration in milliseconds; null without attempts.'),
        p95Ms: milliseconds.describe('The 95th percentile of the durations.'),
      }),
    ),
  }),
  {
    example: {
      stepSeconds: 300,
      data: [
        { at: '2026-11-21T20:00:00.000Z', succeeded: 118, retrying: 2, failed: 0, p50Ms: 50, p95Ms: 350 },
      ],
    },
  },
);

const bounded = z.strictObject({
  count: z.int().min(0).max(MOST_COUNTED),
  more: z.boolean().describe('Whether there are more than are counted.'),
});

const sent = z.strictObject({
  since: time.describe('The start of the period, at five minutes.'),
  attempts: count.describe('The requests, first attempts and retries alike.'),
  delivered: count.describe('The deliveries that ended with a success.'),
  failed: count.describe('The deliveries that ended with a failure: no attempt follows.'),
});

const summary = views.add(
  'ProjectSummary',
  z.strictObject({
    subscriptions: z
      .strictObject({ failing: bounded, paused: bounded, disabled: bounded })
      .describe(`The subscriptions that are not healthy, by state, each counted up to ${MOST_COUNTED}.`),
    failing: z.strictObject({
      data: z
        .array(
          z.strictObject({
            subscriptionId: z.string(),
            name: z.string().nullable(),
            url: z.string(),
            reason: z
              .enum(['down', 'failing', 'slow', 'busy', 'recovering', 'errors'])
              .describe(
                'As `health.reason`. `errors`: requests fail, too few or too well answered to slow it down.',
              ),
            since: time.nullable(),
            held: z.int().min(0).describe('About how many deliveries wait.'),
            nextProbeAt: time
              .nullable()
              .describe(
                'Null unless the reason is `down` and a delivery waits: without one, the next event is the probe.',
              ),
            lastFailure: z.string().nullable().describe('What the last failure was, such as `answered 503`.'),
            lastFailureAt: time.nullable(),
            lastSuccessAt: time.nullable().describe('Updated only while the endpoint fails.'),
          }),
        )
        .describe(`The endpoints that fail now, the latest first, at most ${MOST_FAILING}.`),
      more: z.boolean(),
    }),
    held: z
      .strictObject({
        count: z.int().min(0),
        more: z.boolean().describe('Whether further subscriptions hold deliveries.'),
      })
      .describe(
        'About how many deliveries wait for subscriptions that fail or are paused, for 100 of them at most.',
      ),
    lastHour: sent,
    lastDay: sent,
  }),
  {
    example: {
      subscriptions: {
        failing: { count: 1, more: false },
        paused: { count: 0, more: false },
        disabled: { count: 1000, more: true },
      },
      failing: {
        data: [
          {
            subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
            name: 'Billing sync',
            url: 'https://example.com/hook',
            reason: 'failing',
            since: '2026-11-21T20:04:48.000Z',
            held: 53,
            nextProbeAt: null,
            lastFailure: 'answered 503',
            lastFailureAt: '2026-11-21T20:05:03.000Z',
            lastSuccessAt: null,
          },
        ],
        more: false,
      },
      held: { count: 53, more: false },
      lastHour: { since: '2026-11-21T19:05:00.000Z', attempts: 120, delivered: 118, failed: 0 },
      lastDay: { since: '2026-11-20T20:05:00.000Z', attempts: 3120, delivered: 3060, failed: 12 },
    },
  },
);

const stats = views.add(
  'AttemptStats',
  z.strictObject({
    attempts: count.describe('The number of attempts covered: the latest hundred, without tests.'),
    succeeded: count,
    failed: count,
    p50Ms: milliseconds.describe('The median duration in milliseconds; null without attempts.'),
    p95Ms: milliseconds,
    since: time.nullable().describe('When the earliest of these attempts was made.'),
  }),
  {
    example: {
      attempts: 100,
      succeeded: 97,
      failed: 3,
      p50Ms: 84,
      p95Ms: 312,
      since: '2026-11-21T19:04:48.000Z',
    },
  },
);

export const statistics = chapter('Statistics', {
  getProjectTraffic: {
    summary: 'Show a project’s attempts over time',
    description:
      'Every step, oldest first, including steps without attempts. Counts are kept for eight days.',
    query: {
      schema: trafficQuerySchema,
      descriptions: {
        since: 'The start of the period. Default: a day before `until`.',
        until: 'The end of the period. Default: now.',
      },
    },
    responses: { 200: jsonResponse('The steps.', traffic) },
  },
  getProjectSummary: {
    summary: 'Show how a project is doing',
    description:
      'What fails now, what waits, and what was sent. The number of reads does not depend on the size of the project.',
    responses: { 200: jsonResponse('The summary.', summary) },
  },
  getSubscriptionStats: {
    summary: 'Show the recent performance of a subscription’s endpoint',
    responses: { 200: jsonResponse('Statistics of its latest attempts.', stats) },
  },
});
