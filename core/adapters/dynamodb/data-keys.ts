import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DataKey, DataKeys } from '../../ports/data-keys.ts';
import type { WrappingKey } from '../../ports/wrapping-key.ts';
import { KEY, PARTITION } from './keys.ts';
import { type DataTable, getItem, type Item, queryCollection } from './table.ts';
import { IS_ABSENT, ifConditionHolds } from './write.ts';

/** For so long after a rotation, functions may still seal with the previous data key. */
export const CURRENT_FOR_MS = 60_000;

interface DataKeysOptions {
  readonly table: DataTable;
  readonly wrappingKey: WrappingKey;
  /** Whether values are written sealed. Sealed ones are read in any case. */
  readonly seals: boolean;
  /** Whether to create the first data key if there is none. Otherwise values are written as they are until there is one. */
  readonly creates?: boolean;
}

/**
 * Open the data keys of the table, which has them wrapped. They lie beside what they seal, so that a backup is complete; it opens
 * with the KMS key alone. Each is unwrapped once.
 */
export function dataKeys({ table, wrappingKey, seals, creates = false }: DataKeysOptions) {
  const unwrapped = new Map<number, Promise<DataKey>>();
  let current: { readonly since: number; readonly key: Promise<DataKey | null> } | undefined;

  const unwrap = async (number: number, item: Item): Promise<DataKey> => {
    const { keyArn, ciphertext } = item as { keyArn: string; ciphertext: Uint8Array };
    return { number, key: await wrappingKey.unwrap(number, { keyArn, ciphertext }) };
  };

  const get = (number: number): Promise<DataKey> => {
    const known = unwrapped.get(number);
    if (known !== undefined) return known;
    const key = (async () => {
      const item = await getItem(table, KEY.dataKey(number));
      if (item === undefined) throw new Error(`The data key ${number} is missing in the table.`);
      return unwrap(number, item);
    })();
    unwrapped.set(number, key);
    // The next use tries again.
    key.catch(() => unwrapped.delete(number));
    return key;
  };

  const lastNumber = async (): Promise<number> => {
    const collection = { partition: PARTITION.dataKeys, prefix: '', order: 'newest first' } as const;
    const [last] = (await queryCollection(table, collection, { limit: 1, cursor: null })).items;
    return last === undefined ? 0 : Number(last.number);
  };

  /** Create the data key after this one, unless another process does, and return its number. */
  const createAfter = async (last: number): Promise<number> => {
    const number = last + 1;
    const { wrapped } = await wrappingKey.generate(number);
    const createdAt = new Date(table.clock()).toISOString();
    const Item = { ...KEY.dataKey(number), number, ...wrapped, createdAt };
    await ifConditionHolds(
      table.client.send(new PutCommand({ TableName: table.tableName, Item, ...IS_ABSENT })),
    );
    return number;
  };

  const last = async (): Promise<DataKey | null> => {
    const number = (await lastNumber()) || (creates ? await createAfter(0) : 0);
    return number === 0 ? null : get(number);
  };

  return {
    get,

    async current() {
      if (!seals) return null;
      if (current === undefined || table.clock() >= current.since + CURRENT_FOR_MS) {
        const latest = { since: table.clock(), key: last() };
        current = latest;
        latest.key.catch(() => {
          if (current === latest) current = undefined;
        });
      }
      return current.key;
    },

    /** Make a new data key the current one. Functions seal with it after {@link CURRENT_FOR_MS} at the latest. */
    async rotate(): Promise<DataKey> {
      const key = await get(await createAfter(await lastNumber()));
      current = { since: table.clock(), key: Promise.resolve(key) };
      return key;
    },
  } satisfies DataKeys & { rotate(): Promise<DataKey> };
}
