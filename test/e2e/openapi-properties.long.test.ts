import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toPathSegment } from '../../client/path-segment.ts';
import { KnownThings } from '../support/known-things.ts';
import { type Operation, operations } from '../support/operations.ts';
import { useReceiver } from '../support/receiver.ts';
import { bodyText, type Draft, draftsOf, filled, plainDraft } from '../support/requests.ts';
import { useStack } from '../support/stack.ts';
import { Known } from '../support/values.ts';

// A failure names its seed: `SEED=… npx vitest run test/e2e/openapi-properties.long.test.ts -t <operation>` tries it again.
const [SEED, RUNS] = [Number(process.env.SEED ?? Date.now() % 1_000_000), Number(process.env.RUNS ?? 20)];

describe('the API, whatever it is sent,', () => {
  const stack = useStack();
  const receiver = useReceiver();
  let things: KnownThings;
  beforeAll(async () => {
    things = await KnownThings.furnish(stack(), receiver.url());
  });

  /** Answers the status. `call` throws for one that the operation does not have, and for a body that does not fit. */
  async function send({ method, path }: Operation, draft: Draft): Promise<number> {
    await things.replenish();
    const find = ({ kind, index }: Known) => things.find(kind, index);
    const named = method === 'DELETE' ? removable(draft.path) : draft.path;
    const segments = filled(named, (known) => toPathSegment(find(known))) as Record<string, string>;
    const query = new URLSearchParams(filled(draft.query, find) as Record<string, string>);
    const where = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? '');
    const body = bodyText(draft, find);
    try {
      const { status, body: answer } = await stack().call(
        method,
        query.size > 0 ? `${where}?${query}` : where,
        body,
        {
          bearer: things.bearers[draft.bearer],
          headers: draft.headers,
        },
      );
      // A function that takes too long is a 503 of the gateway's.
      expect(status, answer?.detail).toBeLessThan(500);
      if (status < 300) await things.learn(answer ?? {});
      if (status < 300 && method === 'DELETE') things.forget(Object.values(segments), draft.bearer);
      return status;
    } catch (error) {
      const request = `${method} ${where}?${query} ${JSON.stringify(draft.headers)}\n${body?.slice(0, 1000)}`;
      throw new Error(`${request}\n${(error as Error).message}`, { cause: error });
    }
  }

  // Nothing that follows would get far if these did not.
  it.each(operations)('responds to the example as its document says: $operationId', async (operation) => {
    expect(await send(operation, plainDraft(operation))).toBeLessThan(300);
  });

  it.each(operations)(
    'responds to anything as its document says: $operationId',
    { timeout: 120_000 + RUNS * 1000 },
    async (operation) => {
      await fc.assert(
        fc.asyncProperty(draftsOf(operation), async (draft) => {
          await send(operation, draft);
        }),
        { seed: SEED, numRuns: RUNS },
      );
    },
  );
});

/** The last thing that a path names must not be what the other requests rely on. */
function removable(path: Draft['path']): Draft['path'] {
  const last = Object.keys(path).at(-1);
  return Object.fromEntries(
    Object.entries(path).map(([name, value]) => [
      name,
      name === last && value instanceof Known ? new Known(`removable ${value.kind}`, value.index) : value,
    ]),
  );
}
