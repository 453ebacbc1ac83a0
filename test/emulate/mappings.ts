import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { LANES } from '../../core/contract.ts';
import { clientSettings, type Ministack } from './ministack.ts';

/** The consumers of these queues have aliases, with the setting `canary`. */
const WITH_ALIAS: readonly string[] = LANES.filter((lane) => lane !== 'pumps');

/** Check that each queue has exactly one mapping, which invokes its function's alias or the function itself. */
export async function checkMappings(ministack: Ministack, hasAliases: boolean): Promise<void> {
  const expected = LANES.map((lane) => `${lane} ${hasAliases && WITH_ALIAS.includes(lane)}`).toSorted();
  const seen = (await mappings(ministack)).toSorted();
  if (seen.join() !== expected.join())
    throw new Error(`The mappings to an alias are ${seen.join()}; expected: ${expected.join()}.`);
}

/** Name the queue of each mapping, and say whether the mapping invokes an alias. */
async function mappings(ministack: Ministack): Promise<string[]> {
  const client = new LambdaClient(clientSettings(ministack));
  const found: string[] = [];
  try {
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {}))
      for (const { EventSourceArn = '', FunctionArn = '' } of EventSourceMappings) {
        const lane = LANES.find((name) => EventSourceArn.toLowerCase().includes(`-${name}queue`));
        found.push(`${lane ?? EventSourceArn} ${FunctionArn.endsWith(':live')}`);
      }
  } finally {
    client.destroy();
  }
  return found;
}
