import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OutgoingMessage } from './queue-message.ts';

/** The attribute of a dead letter with its seal. */
export const SEAL = 'ancrage-seal';

type Sealed = Required<Pick<OutgoingMessage, 'body' | 'attributes'>>;

/** Return a message with a seal: an HMAC of its body and its attributes, by which fan-out knows it again as its own. */
export const seal = <Message extends Sealed>(stackKey: string, message: Message): Message => ({
  ...message,
  attributes: { ...message.attributes, [SEAL]: sealOf(stackKey, message) },
});

export function isSealed(stackKey: string, message: Sealed): boolean {
  const given = Buffer.from(message.attributes[SEAL] ?? '');
  const expected = Buffer.from(sealOf(stackKey, message));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sealOf(stackKey: string, { body, attributes }: Sealed): string {
  const others = Object.entries(attributes).filter(([name]) => name !== SEAL);
  const sorted = others.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', stackKey)
    .update(JSON.stringify(['dead letter', body, sorted]))
    .digest('base64url');
}
