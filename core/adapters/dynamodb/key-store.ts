import { ATTRIBUTE } from '../../contract.ts';
import type { ApiKey } from '../../model/api-key.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { collectionPage } from './collection-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { projectCount } from './project-counts.ts';
import { type DataTable, getItem, type Item, toTimeToLive } from './table.ts';
import { failedConditions, IS_ABSENT, IS_PRESENT, writeOne } from './write.ts';

export function keyStore(table: DataTable): KeyStore {
  const { tableName: TableName } = table;
  const count = projectCount(table, 'keys');

  const get = async (project: string, id: string): Promise<ApiKey | null> => {
    const item = await getItem(table, KEY.keyOfProject(project, id));
    return item ? toApiKey(item) : null;
  };

  const removal = ({ project, id, hash }: ApiKey) => [
    { Delete: { TableName, Key: KEY.keyOfProject(project, id), ...IS_PRESENT } },
    { Delete: { TableName, Key: KEY.bearer(hash) } },
  ];

  return {
    async create(apiKey, limit = Number.MAX_SAFE_INTEGER) {
      const { project, id, hash } = apiKey;
      // If its condition fails, an earlier try has created it.
      await count.create(project, limit, [
        { Put: { TableName, Item: { ...KEY.keyOfProject(project, id), ...apiKey }, ...IS_ABSENT } },
        { Put: { TableName, Item: { ...KEY.bearer(hash), ...apiKey } } },
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
      // If its condition fails, another request has deleted and counted it.
      if (key !== null) await failedConditions(table, [...removal(key), count.deleted(project)]);
    },

    async deleteUncounted(project, id) {
      const key = await get(project, id);
      if (key !== null) await failedConditions(table, removal(key));
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

    async deleteToken(hash) {
      // If its condition fails, there is no such token.
      const ConditionExpression = 'attribute_exists(keyHash)';
      await failedConditions(table, [{ Delete: { TableName, Key: KEY.bearer(hash), ConditionExpression } }]);
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
