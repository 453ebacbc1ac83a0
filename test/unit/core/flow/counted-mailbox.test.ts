import { expect, it } from 'vitest';
import { countedMailbox } from '../../../../core/flow/counted-mailbox.ts';
import { recordedLog } from '../../../support/in-memory/log.ts';
import { waitingRecord } from '../../../support/records.ts';

function open(addHeld: (subscriptionId: string, by: number) => Promise<void>) {
  const { log, lines } = recordedLog();
  const written: unknown[] = [];
  const write = async (...entries: unknown[]) => void written.push(entries);
  return { mailbox: countedMailbox({ mailbox: { write }, flows: { addHeld }, log }), written, lines };
}

it('counts once for each subscription of a write, and not where as much is removed as put', async () => {
  const counted: unknown[] = [];
  const { mailbox, written } = open(async (...count) => void counted.push(count));
  const of = (subscriptionId: string) => waitingRecord({ subscriptionId });
  const [put, remove] = [
    [of('a'), of('b'), of('a'), of('c')],
    [of('b'), of('d'), of('d')],
  ];
  await mailbox.write(put, remove);
  expect(written).toEqual([[put, remove]]);
  expect(counted).toEqual([
    ['a', 2],
    ['c', 1],
    ['d', -2],
  ]);
});

it('writes a mailbox even if the count cannot be written, and says so', async () => {
  const error = new Error('throttled');
  const { mailbox, written, lines } = open(async () => Promise.reject(error));
  const entry = waitingRecord({ subscriptionId: 'a' });
  await mailbox.write([entry]);
  expect(written).toEqual([[[entry], []]]);
  const fields = { subscriptionId: 'a', by: 1, error };
  expect(lines).toEqual([{ level: 'warn', message: 'held deliveries not counted', fields }]);
});
