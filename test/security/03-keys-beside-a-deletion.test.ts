import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { PARTITION } from '../../core/adapters/dynamodb/keys.ts';
import { ATTRIBUTE } from '../../core/contract.ts';
import { useStack } from '../support/stack.ts';

describe('what is created while its project is being deleted', () => {
  const stack = useStack();
  const itemsOf = async (project: string) => {
    const { client, tableName } = stack().table;
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
        ExpressionAttributeValues: { ':pk': PARTITION.project(project) },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => item[ATTRIBUTE.sortKey]);
  };
  const bodies = [
    ['POST', 'keys', { name: 'left over', scopes: ['manage'] }],
    ['POST', 'subscriptions', { url: 'https://example.com/', events: ['a'] }],
    ['PUT', 'event-types/a', { description: 'left over' }],
  ] as const;

  it.each(Array.from({ length: 12 }, (_, n) => n))('does not survive it (try %i)', async (n) => {
    const project = await stack().newProject(`deleted-${n}`);
    const creating = Array.from({ length: 12 }, (_, index) => {
      const [method, path, body] = bodies[index % bodies.length] ?? bodies[0];
      return stack().call(method, `/v1/projects/${project}/${path}`, body);
    });
    const deletion = () => stack().call('DELETE', `/v1/projects/${project}`);
    const deleting = deletion();
    const statuses = (await Promise.all(creating)).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 201, 404].includes(status))).toEqual([]);
    // A deletion that met a change of a subscription asks to be repeated.
    if ((await deleting).status === 503) await deletion();
    expect(await itemsOf(project)).toEqual(['PROJECT']);
  });

  it('is not refused because others create something at the same time', async () => {
    const project = await stack().newProject('busy');
    const creating = Array.from({ length: 30 }, (_, index) => {
      const [method, path, body] = bodies[index % bodies.length] ?? bodies[0];
      return stack().call(method, `/v1/projects/${project}/${path}`, body);
    });
    const statuses = (await Promise.all(creating)).map(({ status }) => status);
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
  });
});
