import * as z from 'zod';
import { trafficQuerySchema } from '../api-schemas/traffic.ts';
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
  getSubscriptionStats: {
    summary: 'Show the recent performance of a subscription’s endpoint',
    responses: { 200: jsonResponse('Statistics of its latest attempts.', stats) },
  },
});
