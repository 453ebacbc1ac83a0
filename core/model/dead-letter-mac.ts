import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OutgoingMessage } from './queue-message.ts';

/** The attribute of a dead letter with its message authentication code. */
export const MAC = 'ancrage-mac';

type DeadLetter = Required<Pick<OutgoingMessage, 'body' | 'attributes'>>;

/** Return a dead letter with an HMAC of its body and its attributes, by which fan-out recognises it after a redrive. */
export const withMac = <Letter extends DeadLetter>(stackKey: string, letter: Letter): Letter => ({
  ...letter,
  attributes: { ...letter.attributes, [MAC]: macOf(stackKey, letter) },
});

export function hasValidMac(stackKey: string, letter: DeadLetter): boolean {
  const given = Buffer.from(letter.attributes[MAC] ?? '');
  const expected = Buffer.from(macOf(stackKey, letter));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function macOf(stackKey: string, { body, attributes }: DeadLetter): string {
  const others = Object.entries(attributes).filter(([name]) => name !== MAC);
  const sorted = others.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', stackKey)
    .update(JSON.stringify(['dead letter', body, sorted]))
    .digest('base64url');
}
