import { describe, expect, it } from 'vitest';
import {
  bodyBytes,
  CLAIM_CHECK,
  checkIn,
  claimChecked,
  redeem,
} from '../../../../core/claim-check/claim-check.ts';
import { attributeBytes, type OutgoingMessage } from '../../../../core/model/queue-message.ts';
import { inMemoryBodies } from '../../../support/in-memory/large-bodies.ts';
import { silentLog } from '../../../support/in-memory/log.ts';
import { inMemoryQueue } from '../../../support/in-memory/queue.ts';

const MIB = 1_048_576;
const large = { body: 'é'.repeat(MIB / 2), groupId: 'erp', attributes: { project: 'erp' } };

describe('a claim check', () => {
  it('takes the place of a body that is too large for a message, which is stored first', async () => {
    const bodies = inMemoryBodies();
    const { body, groupId, attributes = {} }: OutgoingMessage = await checkIn(bodies, large);
    expect(groupId).toBe('erp');
    expect(attributes).toMatchObject({
      project: 'erp',
      [CLAIM_CHECK]: expect.stringMatching(/^messages\/1048576-/),
    });
    expect(JSON.parse(body)).toEqual({ claimCheck: attributes[CLAIM_CHECK] });
    const message = { body, attributes };
    expect(bodyBytes(message)).toBe(MIB);
    expect(await redeem(bodies, message)).toBe(large.body);
  });

  it('is not needed for a message with room for what a dead letter adds', async () => {
    const stored = new Map<string, Uint8Array>();
    const attributes = { project: 'erp' };
    const room = MIB - 8192 - attributeBytes(attributes);
    const fitting = { body: 'x'.repeat(room), groupId: 'erp', attributes };
    expect(await checkIn(inMemoryBodies(stored), fitting)).toBe(fitting);
    expect(stored.size).toBe(0);
    expect(await checkIn(inMemoryBodies(stored), { ...fitting, body: `${fitting.body}x` })).not.toEqual(
      fitting,
    );
    const asReceived = { ...fitting, attributes };
    expect(await redeem(inMemoryBodies(), asReceived)).toBe(fitting.body);
    expect(bodyBytes(asReceived)).toBe(room);
  });

  it('takes the place of an attribute of the publisher’s if there are ten', async () => {
    const ten = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`other-${n}`, 'x']));
    const { attributes = {} }: OutgoingMessage = await checkIn(inMemoryBodies(), {
      ...large,
      attributes: { ...ten, project: 'erp' },
    });
    expect(Object.keys(attributes)).toHaveLength(10);
    expect(attributes.project).toBe('erp');
    expect(attributes[CLAIM_CHECK]).toBeDefined();
  });
});

describe('a queue with claim checks', () => {
  const small = { body: '{}', groupId: 'erp' };

  it('sends messages of any size', async () => {
    const { queue, sent } = inMemoryQueue();
    expect(await claimChecked(queue, inMemoryBodies(), silentLog).send([small, large, small])).toEqual(
      new Set(),
    );
    expect(sent).toHaveLength(3);
  });

  it('reports the message whose body could not be stored, and sends the others', async () => {
    const { queue, sent } = inMemoryQueue();
    const bodies = { ...inMemoryBodies(), put: () => Promise.reject(new Error('throttled')) };
    expect(await claimChecked(queue, bodies, silentLog).send([small, large, small])).toEqual(new Set([1]));
    expect(sent).toHaveLength(2);
  });

  it('reports the message that the queue did not take', async () => {
    const refusing = { send: async () => new Set([1]) };
    const bodies = { ...inMemoryBodies(), put: () => Promise.reject(new Error('throttled')) };
    expect(await claimChecked(refusing, bodies, silentLog).send([large, small, small])).toEqual(
      new Set([0, 2]),
    );
  });
});
