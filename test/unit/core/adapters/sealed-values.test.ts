import { describe, expect, it } from 'vitest';
import {
  fromStored,
  isSealed,
  SealedValueError,
  SUBSCRIPTION_SECRETS,
  toStored,
} from '../../../../core/adapters/dynamodb/sealed-values.ts';
import type { DataTable, Item } from '../../../../core/adapters/dynamodb/table.ts';
import type { DataKeys } from '../../../../core/ports/data-keys.ts';
import { inMemoryDataKeys } from '../../../support/in-memory/data-keys.ts';

const tableWith = (dataKeys?: DataKeys) => ({ ...(dataKeys && { dataKeys }) }) as DataTable;
const sealing = tableWith(inMemoryDataKeys(1));
const plain = tableWith(inMemoryDataKeys());

const SECRETS = {
  url: 'https://hooks.example.com/T0/credential?token=abc',
  headers: { authorization: 'Bearer é😀' },
  secrets: [{ secret: 'whsec_abc', expiresAt: null }],
};
const ITEM = { pk: 'PROJECT#erp', sk: 'SUB#sub_1', name: 'A', dialectPart: null, ...SECRETS };
const store = (item: Item = ITEM, table = sealing) => toStored(table, 'erp', item, SUBSCRIPTION_SECRETS);
const read = (item: Item, table = sealing, project = 'erp') =>
  fromStored(table, project, item, SUBSCRIPTION_SECRETS);

describe('the secrets of an item', () => {
  it('are read as they were written, and nothing else is changed', async () => {
    const stored = await store();
    expect(await read(stored)).toEqual(ITEM);
    expect(stored).toMatchObject({ pk: ITEM.pk, sk: ITEM.sk, name: 'A', dialectPart: null });
  });

  it('are not in what is stored, which is never the same twice', async () => {
    const [first, second] = [await store(), await store()];
    for (const name of Object.keys(SECRETS)) {
      expect(isSealed(first[name])).toBe(true);
      expect(first[name]).not.toEqual(second[name]);
      expect(Buffer.from(first[name] as Uint8Array).toString('latin1')).not.toMatch(/whsec|Bearer|example/);
    }
  });

  it('are read by a stage that writes them as they are, which seals nothing', async () => {
    expect(await read(await store(), plain)).toEqual(ITEM);
    expect(await store(ITEM, plain)).toEqual(ITEM);
  });

  it('are read as versions before 0.2 wrote them', async () => {
    expect(await read(ITEM)).toEqual(ITEM);
  });

  it('are read with the data key that sealed them, after a rotation, too', async () => {
    const stored = await store();
    const rotated = tableWith(inMemoryDataKeys(2));
    expect(await read(stored, rotated)).toEqual(ITEM);
    expect((await store(ITEM, rotated)).url).not.toEqual(stored.url);
  });
});

describe('a sealed value', () => {
  it.each<[string, (stored: Item) => Promise<Item>]>([
    ['of another item', (stored) => read({ ...stored, sk: 'SUB#sub_2' })],
    ['of another partition', (stored) => read({ ...stored, pk: 'PROJECT#crm' })],
    ['of another project', (stored) => read(stored, sealing, 'crm')],
    ['of another attribute', (stored) => read({ ...stored, headers: stored.url })],
  ])('%s does not open', async (_, open) => {
    await expect(open(await store())).rejects.toThrow(SealedValueError);
  });

  it('does not open if a bit of it is changed', async () => {
    const { url } = await store();
    const bytes = url as Uint8Array;
    // The first byte is the format, the next four are the number of the data key.
    for (let at = 1; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(read({ ...ITEM, url: changed }), `byte ${at}`).rejects.toThrow(SealedValueError);
    }
  });

  it('is withheld from a function without data keys, which cannot write the item', async () => {
    const withheld = await read(await store(), tableWith());
    expect(withheld).toEqual({ ...ITEM, url: '', headers: {}, secrets: [] });
    await expect(store({ ...withheld, name: 'B' })).rejects.toThrow('withheld');
  });
});
