import { toJsonText } from '../kernel/json-text.ts';
import { messageBodyBytes, messageBodyKey } from '../model/large-body.ts';
import {
  attributeBytes,
  type OutgoingMessage,
  type QueueMessage,
  withAttributes,
} from '../model/queue-message.ts';
import type { LargeBodies } from '../ports/large-bodies.ts';
import type { Logger } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';

/**
 * The attribute of a message whose body is elsewhere: the key of the body. It is honoured only in messages of our own functions,
 * like every internal attribute (`core/fan-out/honour.ts`).
 */
export const CLAIM_CHECK = 'ancrage-claim-check';

/** SQS's limit of 1 MiB for a body and its attributes, less what a dead letter adds: the reason, an id and a MAC. */
const MAX_BYTES = 1_048_576 - 8192;

/**
 * Return a message that fits into a queue: as it is, or with a claim check in place of its body, which is stored first.
 *
 * @throws Error if the body could not be stored
 */
export async function checkIn<Message extends Pick<OutgoingMessage, 'body' | 'attributes'>>(
  bodies: Pick<LargeBodies, 'put'>,
  message: Message,
): Promise<Message> {
  const { attributes = {} } = message;
  if (Buffer.byteLength(message.body) + attributeBytes(attributes) <= MAX_BYTES) return message;
  const body = Buffer.from(message.body);
  const key = messageBodyKey(body);
  await bodies.put(key, body);
  return {
    ...message,
    // For people: the attribute says the same.
    body: toJsonText({ claimCheck: key }),
    attributes: withAttributes({ attributes }, { [CLAIM_CHECK]: key }),
  };
}

/** Create a queue that takes messages of any size. */
export const claimChecked = (
  queue: MessageQueue,
  bodies: Pick<LargeBodies, 'put'>,
  log: Logger,
): MessageQueue => ({
  async send(messages) {
    const checked = await Promise.all(
      messages.map((message) =>
        checkIn(bodies, message).catch((error: unknown) => {
          log.error('message not checked in', { bytes: Buffer.byteLength(message.body), error });
          return null;
        }),
      ),
    );
    const fitting = [...checked.entries()].flatMap(([index, message]) =>
      message === null ? [] : [{ index, message }],
    );
    const unsent = await queue.send(fitting.map(({ message }) => message));
    const sent = new Set(fitting.flatMap(({ index }, at) => (unsent.has(at) ? [] : [index])));
    return new Set(messages.keys().filter((index) => !sent.has(index)));
  },
});

/** Return the body of a message, wherever it is. @throws Error if it could not be read */
export async function redeem(
  bodies: Pick<LargeBodies, 'get'>,
  { body, attributes }: Pick<QueueMessage, 'body' | 'attributes'>,
): Promise<string> {
  const key = attributes[CLAIM_CHECK];
  if (key === undefined) return body;
  const large = await bodies.get(key);
  if (large === null) throw new Error(`The body of the message is gone: ${key}`);
  return Buffer.from(large).toString();
}

/** Return the size of a message's body, wherever it is. */
export function bodyBytes({ body, attributes }: Pick<QueueMessage, 'body' | 'attributes'>): number {
  const key = attributes[CLAIM_CHECK];
  return key === undefined ? Buffer.byteLength(body) : messageBodyBytes(key);
}
