import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { LANES } from '../../core/contract.ts';
import type { Deployment } from '../admin/deployment.ts';
import { AdminError } from '../admin/errors.ts';
import { readArn } from '../admin/queue-depths.ts';

/**
 * Check that each queue has exactly one enabled event source mapping: with two, such as after an update that replaced one, two functions
 * would share the messages.
 *
 * @returns the number of queues
 * @throws AdminError that names the others
 */
export async function oneMappingEach(stack: Deployment, region: string): Promise<number> {
  const sqs = stack.sqs();
  const client = new LambdaClient({ region });
  try {
    const faults: string[] = [];
    for (const lane of LANES) {
      const EventSourceArn = await readArn(sqs, stack.lane(lane).queue);
      const states: string[] = [];
      for await (const page of paginateListEventSourceMappings({ client }, { EventSourceArn }))
        states.push(...(page.EventSourceMappings ?? []).map(({ State = 'unknown' }) => State));
      if (states.join() !== 'Enabled') faults.push(`${lane} has ${states.join(', ') || 'none'}`);
    }
    if (faults.length > 0)
      throw new AdminError(`Each queue needs one enabled event source mapping: ${faults.join('; ')}.`);
    return LANES.length;
  } finally {
    sqs.destroy();
    client.destroy();
  }
}
