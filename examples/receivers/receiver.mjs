/**
 * A receiver for Node without dependencies: it verifies the signature, drops duplicates and answers before it works.
 *
 *     WEBHOOK_SECRET=whsec_… node receiver.mjs
 *
 * The npm package `standardwebhooks` verifies in one line; this shows what it does.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const { WEBHOOK_SECRET = '', PORT = '4000' } = process.env;
const key = Buffer.from(WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64');
if (key.length === 0) throw new Error('Set WEBHOOK_SECRET to the secret of the subscription.');

/** A request that is older may be a recorded one that somebody sends again. */
const TOLERANCE_SECONDS = 300;
/** Longer than the last retry of the standard schedule. */
const REMEMBERED_MS = 4 * 24 * 3600 * 1000;

/** The ids that were handled, and when. A service with a database inserts the id in the transaction that does the work. */
const handled = new Map();

/** Check a request as https://www.standardwebhooks.com describes. During a rotation of the secret there are two signatures. */
function isSigned(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function isDuplicate(id) {
  for (const [old, at] of handled) if (at < Date.now() - REMEMBERED_MS) handled.delete(old);
  return handled.has(id);
}

/** What your service does with an event. If it throws, the delivery is retried. */
async function handle({ type, data }) {
  process.stdout.write(`${type} ${JSON.stringify(data)}\n`);
}

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  const id = request.headers['webhook-id'];
  if (!isSigned(request.headers, body)) return response.writeHead(401).end('wrong signature');
  if (isDuplicate(id)) return response.writeHead(200).end('duplicate');
  handled.set(id, Date.now());
  try {
    await handle(JSON.parse(body));
    response.writeHead(204).end();
  } catch (error) {
    handled.delete(id);
    process.stderr.write(`${error.stack}\n`);
    response.writeHead(500).end('not handled');
  }
});
server.listen(Number(PORT), '127.0.0.1', () =>
  process.stdout.write(`Listening on http://127.0.0.1:${server.address().port}\n`),
);
