import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { ATTRIBUTE } from '../../core/contract.ts';
import { useStack } from '../support/stack.ts';

const DAY_S = 86_400;

describe('a project that takes the name of a deleted one', () => {
  const stack = useStack();
  const daysReserved = async (project: string) => {
    const item = await getItem(stack().table, KEY.project(project));
    return Math.round((Number(item?.[ATTRIBUTE.timeToLive]) - Date.now() / 1000) / DAY_S);
  };
  const published = async (project: string, retentionDays: number) => {
    await stack().done('PATCH', `/v1/projects/${project}`, { retentionDays });
    await stack().publish({ type: 'secret', id: 'plan', data: { price: 7 } }, project);
  };

  it('cannot read what that one published while it kept events for longer', async () => {
    const project = await stack().newProject('tenant');
    await published(project, 3650);
    await stack().idle('events', 'internal');
    await stack().done('PATCH', `/v1/projects/${project}`, { retentionDays: 7 });
    await stack().done('DELETE', `/v1/projects/${project}`);
    expect(await daysReserved(project)).toBe(3650);
    expect((await stack().call('POST', '/v1/projects', { id: project })).status).toBe(409);
  });

  it('waits for ten years if nobody knows for how long that one kept events', async () => {
    const project = await stack().newProject('from-0-1');
    const { table } = stack();
    const { longestRetentionDays: _, ...item } = (await getItem(table, KEY.project(project))) ?? {};
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
    await stack().done('DELETE', `/v1/projects/${project}`);
    expect(await daysReserved(project)).toBe(3650);
  });
});
