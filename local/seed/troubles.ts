import type { SendResult } from '../../core/model/send-result.ts';
import type { Random } from './random.ts';

/** What is wrong with a made-up endpoint, if anything is. The words are those of `TroubleReason`. */
export const TROUBLES = [
  'down',
  'errors',
  'owner',
  'failing',
  'manual',
  'down',
  'slow',
  'gone',
  'busy',
  'recovering',
  'given-up',
  'owner',
] as const;
export type Trouble = (typeof TROUBLES)[number] | 'none';

const json = { 'content-type': 'application/json' };
const answered = (status: number, body: string, durationMs: number, more: object = {}): SendResult => ({
  response: { status, headers: { ...json, ...more }, body },
  durationMs,
});
const failed = (error: 'timeout' | 'connection', detail: string, durationMs: number): SendResult => ({
  error,
  detail,
  durationMs,
});

const quick = (random: Random) => Math.round(18 + 240 * random.next() ** 4);
const well = (random: Random) => answered(200, '{"received":true}', quick(random));
const unavailable = (random: Random) => answered(503, '{"error":"upstream is down"}', quick(random));
const timedOut = () => failed('timeout', 'no response within 10000 ms', 10_000);
const refused = () => failed('connection', 'the server refused the connection', 3);

/** How endpoints answer while they have no trouble: one request in a hundred fails. */
export function healthyAnswer(random: Random): SendResult {
  if (!random.chance(0.01)) return well(random);
  return random.one([
    unavailable,
    timedOut,
    (random) => answered(500, '{"error":"internal"}', quick(random)),
  ])(random);
}

const sometimes =
  (share: number, answer: (random: Random) => SendResult) =>
  (random: Random): SendResult =>
    random.chance(share) ? answer(random) : well(random);

/** How endpoints answer while they have a trouble. */
export const ANSWERS: Readonly<Record<Trouble, (random: Random) => SendResult>> = {
  none: healthyAnswer,
  owner: healthyAnswer,
  manual: healthyAnswer,
  errors: sometimes(0.4, (random) =>
    answered(404, '{"error":"no such integration","code":4041}', quick(random)),
  ),
  failing: sometimes(0.7, unavailable),
  busy: sometimes(0.5, (random) =>
    answered(429, '{"error":"too many requests"}', quick(random), { 'retry-after': '30' }),
  ),
  slow: (random) =>
    random.chance(0.1) ? timedOut() : answered(200, '{"received":true}', random.between(2100, 8900)),
  down: (random) => random.one([unavailable, unavailable, timedOut, refused])(random),
  'given-up': (random) => random.one([refused, timedOut])(),
  recovering: unavailable,
  gone: (random) => answered(410, '{"error":"the integration was removed"}', quick(random)),
};
