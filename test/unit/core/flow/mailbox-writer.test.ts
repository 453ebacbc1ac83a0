import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MailboxWriter } from '../../../../core/flow/mailbox-writer.ts';
import { waitingRecord } from '../../../support/records.ts';

describe('the mailbox writer', () => {
  let calls: string[];
  let write: () => Promise<void>;
  beforeEach(() => {
    vi.useFakeTimers();
    calls = [];
    write = async () => {};
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const open = () =>
    new MailboxWriter({
      gatherMs: 250,
      mailbox: {
        write: async (put, remove = []) => {
          await write();
          calls.push(`put ${put.length} remove ${remove.length}`);
        },
      },
      beforeRemoval: async () => void calls.push('recorded'),
      wake: async (entries) => void calls.push(`woken for ${entries.length}`),
    });

  it('gathers changes for a time, and resolves each when it is in the table', async () => {
    const writer = open();
    let done = 0;
    for (let n = 0; n < 3; n++) void writer.put(waitingRecord()).then(() => done++);
    await vi.advanceTimersByTimeAsync(249);
    expect([calls, done]).toEqual([[], 0]);
    await vi.advanceTimersByTimeAsync(1);
    expect([calls, done]).toEqual([['woken for 3', 'put 3 remove 0', 'woken for 3'], 3]);
  });

  it('puts an entry in the place of another in one write, when what was done with that is recorded', async () => {
    const writer = open();
    const done = writer.put(waitingRecord(), waitingRecord());
    await writer.flush();
    await done;
    expect(calls).toEqual(['recorded', 'woken for 1', 'put 1 remove 1', 'woken for 1']);
  });

  it('does not wait for more once it has 25', async () => {
    const writer = open();
    await Promise.all(Array.from({ length: 25 }, () => writer.put(waitingRecord())));
    expect(calls).toEqual(['woken for 25', 'put 25 remove 0', 'woken for 25']);
  });

  it('writes at once what waits when it is flushed', async () => {
    const writer = open();
    const put = writer.put(waitingRecord());
    await writer.flush();
    await put;
    expect(calls).toHaveLength(3);
    await writer.flush();
    expect(calls).toHaveLength(3);
  });

  it('gathers for the whole time again after it was flushed', async () => {
    const writer = open();
    void writer.put(waitingRecord());
    await writer.flush();
    await vi.advanceTimersByTimeAsync(200);
    void writer.put(waitingRecord());
    await vi.advanceTimersByTimeAsync(249);
    expect(calls).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(6);
  });

  it('needs nothing to be done before a removal and no pump to be woken', async () => {
    const writes: string[] = [];
    const write = async (put: readonly unknown[], remove: readonly unknown[] = []) =>
      void writes.push(`put ${put.length} remove ${remove.length}`);
    const writer = new MailboxWriter({ gatherMs: 250, mailbox: { write } });
    const changes = [writer.put(waitingRecord()), writer.remove(waitingRecord())];
    await writer.flush();
    await Promise.all(changes);
    expect(writes).toEqual(['put 1 remove 1']);
  });

  it('removes nothing before the attempts are recorded, and wakes no pump for it', async () => {
    const writer = open();
    void writer.remove(waitingRecord());
    await writer.flush();
    expect(calls).toEqual(['recorded', 'put 0 remove 1']);
  });

  it('writes one after the other, so that a removal never overtakes a put', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    write = () => promise;
    const writer = open();
    void writer.put(waitingRecord());
    void writer.flush();
    void writer.remove(waitingRecord());
    const flushed = writer.flush();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toEqual(['woken for 1']);
    resolve();
    await flushed;
    expect(calls).toEqual(['woken for 1', 'put 1 remove 0', 'woken for 1', 'recorded', 'put 0 remove 1']);
  });

  it('tells everyone whose change was not written, and goes on', async () => {
    write = () => Promise.reject(new Error('throttled'));
    const writer = open();
    const changes = [writer.put(waitingRecord()), writer.remove(waitingRecord())];
    const results = Promise.allSettled(changes);
    await writer.flush();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    write = async () => {};
    const put = writer.put(waitingRecord());
    await writer.flush();
    await expect(put).resolves.toBeUndefined();
  });
});
