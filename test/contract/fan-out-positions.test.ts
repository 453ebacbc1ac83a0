import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fanOutPositions } from '../../core/adapters/dynamodb/fan-out-positions.ts';
import type { FanOutRun } from '../../core/ports/fan-out-positions.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryFanOutPositions } from '../support/in-memory/fan-out-positions.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { eventRecord, NOW, unique } from '../support/records.ts';

const [FIRST, SECOND] = [
  { pattern: 0, cursor: 'sub_1' },
  { pattern: 1, cursor: null },
];
const DONE = { pattern: 3, cursor: null };

const newRun = (): FanOutRun => ({ event: eventRecord({ id: unique('evt') }), replay: undefined });

beforeEach(() => {
  testTime.now = NOW;
});

onBoth(
  'the positions of fan-outs',
  { inMemory: inMemoryFanOutPositions, dynamodb: fanOutPositions },
  (open) => {
    it('are found as they were moved last', async () => {
      const run = newRun();
      expect(await open().get(run)).toBeNull();
      let from = null;
      for (const to of [FIRST, SECOND, DONE]) {
        expect(await open().move(run, from, to)).toBe(true);
        expect(await open().get(run)).toEqual(to);
        from = to;
      }
    });

    it('are moved only by one who knows where they are', async () => {
      const run = newRun();
      await open().move(run, null, FIRST);
      for (const known of [null, SECOND, { ...FIRST, pattern: 1 }, { ...FIRST, cursor: null }])
        expect(await open().move(run, known, DONE)).toBe(false);
      expect(await open().get(run)).toEqual(FIRST);
    });

    it.each([
      ['first', null],
      ['next', FIRST],
    ])('are moved by one of many who make the %s move at once', async (_, from) => {
      const run = newRun();
      if (from !== null) await open().move(run, null, from);
      const moves = Array.from({ length: 10 }, () => open().move(run, from, SECOND));
      expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1);
    });

    it('are those of one event of one project, or of one of its replays', async () => {
      const run = newRun();
      const replay = { id: 'rpl_1', requestedAt: new Date(NOW).toISOString() };
      const others = [
        { ...run, event: { ...run.event, project: 'crm' } },
        { ...run, replay },
        { ...run, replay: { ...replay, id: 'rpl_2' } },
      ];
      await open().move(run, null, FIRST);
      for (const other of others) {
        expect(await open().get(other)).toBeNull();
        expect(await open().move(other, null, SECOND)).toBe(true);
      }
      expect(await open().get(run)).toEqual(FIRST);
    });

    it('end with the event, even if the table still has them, and another event may have its id', async () => {
      const run = newRun();
      const event = { ...run.event, expiresAt: NOW + 60_000 };
      await open().move({ ...run, event }, null, DONE);
      testTime.now = NOW + 60_000;
      expect(await open().get(run)).toBeNull();
      expect(await open().move(run, null, FIRST)).toBe(true);
      expect(await open().get(run)).toEqual(FIRST);
    });
  },
);

describe('a move of a position whose response is lost', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    running = await startTable(() => NOW);
    // As a client that retries.
    running.table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'PutItemCommand') await next(args);
          return next(args);
        },
      { step: 'initialize' },
    );
  });
  afterAll(() => running.stop());

  it('has succeeded although the repeated request finds the position moved', async () => {
    const positions = fanOutPositions(running.table);
    const run = newRun();
    expect(await positions.move(run, null, FIRST)).toBe(true);
    expect(await positions.move(run, FIRST, SECOND)).toBe(true);
    expect(await positions.move(run, FIRST, DONE)).toBe(false);
    expect(await positions.get(run)).toEqual(SECOND);
  });
});
