import { ATTRIBUTE } from '../../contract.ts';
import type { ApiKey } from '../../model/api-key.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { collectionPage } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, type Item, toTimeToLive } from './table.ts';
import { transact, writeOne } from './write.ts';

export function keyStore(table: DataTable): KeyStore {
  const { tableName: TableName } = table;

  const get = async (project: string, id: string): Promise<ApiKey | null> => {
    const item = await getItem(table, KEY.keyOfProject(project, id));
    return item ? toApiKey(item) : null;
  };

  return {
    async create(apiKey) {
      await transact(table, [
        { Put: { TableName, Item: { ...KEY.bearer(apiKey.hash), ...apiKey } } },
        { Put: { TableName, Item: { ...KEY.keyOfProject(apiKey.project, apiKey.id), ...apiKey } } },
      ]);
    },

    async findByHash(hash, now) {
      const found = await getItem(table, KEY.bearer(hash));
      if (found === undefined) return null;
      if (typeof found.keyHash !== 'string') return toApiKey(found);
      if (Number(found.validUntil) <= now) return null;
      const key = await getItem(table, KEY.bearer(found.keyHash));
      return key ? toApiKey(key) : null;
    },

    get,

    list(project, page) {
      const partition = PARTITION.project(project);
      return collectionPage(table, { partition, prefix: PREFIX.key, order: 'newest first' }, page, toApiKey);
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
      await writeOne(table, { Put: { TableName, Item } });
    },
  };
}

function toApiKey({ id, project, name, scopes, hash, createdAt, generation }: Item): ApiKey {
  return {
    id,
    project,
    name,
    scopes,
    hash,
    createdAt,
    ...(generation !== undefined && { generation }),
  } as ApiKey;
}
