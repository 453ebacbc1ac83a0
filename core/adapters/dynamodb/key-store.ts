import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { ApiKey } from '../../model/api-key.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection, toTimeToLive } from './table.ts';
import { transact } from './write.ts';

export function keyStore(table: DataTable): KeyStore {
  const { client, tableName: TableName } = table;

  const getBearer = async (hash: string): Promise<Item | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: KEY.bearer(hash), ConsistentRead: true }),
    );
    return Item;
  };

  const get = async (project: string, id: string): Promise<ApiKey | null> => {
    const Key = KEY.keyOfProject(project, id);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? toApiKey(Item) : null;
  };

  return {
    async create(apiKey) {
      await transact(table, [
        { Put: { TableName, Item: { ...KEY.bearer(apiKey.hash), ...apiKey } } },
        { Put: { TableName, Item: { ...KEY.keyOfProject(apiKey.project, apiKey.id), ...apiKey } } },
      ]);
    },

    async findByHash(hash, now) {
      const found = await getBearer(hash);
      if (found === undefined) return null;
      if (typeof found.keyHash !== 'string') return toApiKey(found);
      if (Number(found.validUntil) <= now) return null;
      const key = await getBearer(found.keyHash);
      return key ? toApiKey(key) : null;
    },

    get,

    async list(project, page) {
      const collection = {
        partition: PARTITION.project(project),
        prefix: PREFIX.key,
        order: 'newest first',
      } as const;
      const { items, cursor } = await queryCollection(table, collection, page);
      return { items: items.map(toApiKey), cursor };
    },

    async delete(project, id) {
      const key = await get(project, id);
      if (key === null) return;
      await transact(table, [
        { Delete: { TableName, Key: KEY.bearer(key.hash) } },
        { Delete: { TableName, Key: KEY.keyOfProject(project, id) } },
      ]);
    },

    async createToken({ hash, keyHash, expiresAt }) {
      const Item = {
        ...KEY.bearer(hash),
        keyHash,
        validUntil: expiresAt,
        [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
      };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}

function toApiKey({ id, project, name, scopes, hash, createdAt }: Item): ApiKey {
  return { id, project, name, scopes, hash, createdAt } as ApiKey;
}
