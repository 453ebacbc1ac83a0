import * as z from 'zod';
import { trafficQuerySchema } from '../api-schemas/traffic.ts';
import { views } from './components.ts';
import { jsonAnswer, type Operations } from './operation.ts';

const time = z.iso.datetime();
const count = z.int().min(0);
const milliseconds = z.number().min(0).nullable();

const traffic = views.add(
  'Traffic',
  z.strictObject({
    stepSeconds: z.int().describe('300 for up to a day, 3600 beyond.'),
    data: z.array(
      z.strictObject({
        at: time.describe('When the step begins.'),
        succeeded: count,
        retrying: count.describe('Failed, with another attempt to come.'),
        failed: count.describe('Ended without success.'),
        p50Ms: milliseconds.describe(
          'Milliseconds that half of the attempts took at most; null without any.',
        ),
        p95Ms: milliseconds.describe('Milliseconds that 95 of a hundred took at most.'),
      }),
    ),
  }),
  {
    examples: [
      {
        stepSeconds: 300,
        data: [
          { at: '2026-11-21T20:00:00.000Z', succeeded: 118, retrying: 2, failed: 0, p50Ms: 50, p95Ms: 350 },
        ],
      },
    ],
  },
);

const stats = views.add(
  'AttemptStats',
  z.strictObject({
    attempts: count.describe('How many were looked at: the latest hundred, without tests.'),
    succeeded: count,
    failed: count,
    p50Ms: milliseconds.describe('Milliseconds; null without any.'),
    p95Ms: milliseconds,
    since: time.nullable().describe('When the earliest of them was made.'),
  }),
  {
    examples: [
      { attempts: 100, succeeded: 97, failed: 3, p50Ms: 84, p95Ms: 312, since: '2026-11-21T19:04:48.000Z' },
    ],
  },
);

export const statistics = {
  getTraffic: {
    tag: 'Statistics',
    summary: 'Show a project’s attempts over time',
    description: 'Every step, the oldest first, also those without attempts. Kept for eight days.',
    query: {
      schema: trafficQuerySchema,
      descriptions: {
        since: 'From then on; a day before `until` where it is not given.',
        until: 'Now where it is not given.',
      },
    },
    answers: { 200: jsonAnswer('The steps.', traffic) },
  },
  getSubscriptionStats: {
    tag: 'Statistics',
    summary: 'Show how a subscription’s endpoint has done lately',
    answers: { 200: jsonAnswer('Of its latest attempts.', stats) },
  },
} satisfies Operations;
