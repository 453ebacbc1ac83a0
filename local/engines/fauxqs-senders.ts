import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ask } from '../access/gate.ts';

interface Message {
  messageAttributes: Record<string, unknown>;
}

interface Store {
  createMessage(...given: unknown[]): Message;
}

interface Received {
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/** SQS reserves names that begin like this, so no message has one. */
const ATTRIBUTE = 'AWS.SenderId';

const sender = new AsyncLocalStorage<string>();
const patched = new WeakSet<Store>();

/**
 * Give messages the system attribute `SenderId` of whoever sent them, as SQS does: fauxqs 2.4.1 gives all the same. It is kept
 * in a message attribute, which survives a restart and the way to a dead-letter queue.
 */
export function withSenders(store: Store, ask: Ask): Ask {
  if (!patched.has(store)) patch(store);
  return async (request) => {
    if (!/\.ReceiveMessage$/.test(String(request.headers['x-amz-target'])))
      return sender.run(request.senderId, () => ask(request));
    // Without names, fauxqs returns all.
    const body = asksForAttributes(request.body) ? alsoAsking(request.body, ATTRIBUTE) : request.body;
    const headers = { ...request.headers, 'content-length': String(body.length) };
    const response = await ask({ ...request, headers, body });
    return { ...response, body: showSenders(response.body, ATTRIBUTE) };
  };
}

function patch(store: Store): void {
  const { createMessage } = store;
  store.createMessage = (...given) => {
    // After its digest and its size are known.
    const message = createMessage(...given);
    const StringValue = sender.getStore();
    if (StringValue !== undefined)
      message.messageAttributes = {
        ...message.messageAttributes,
        [ATTRIBUTE]: { DataType: 'String', StringValue },
      };
    return message;
  };
  patched.add(store);
}

const asksForAttributes = (body: Buffer): boolean =>
  JSON.parse(body.toString()).MessageAttributeNames?.length > 0;

/** Return a request to receive messages that also asks for the attribute with the sender. */
export function alsoAsking(body: Buffer, attribute: string): Buffer {
  const { MessageAttributeNames = [], ...request } = JSON.parse(body.toString());
  return Buffer.from(
    JSON.stringify({ ...request, MessageAttributeNames: [...MessageAttributeNames, attribute] }),
  );
}

/** Return received messages whose system attribute `SenderId` is what the attribute says, without this attribute. */
export function showSenders(body: Buffer, attribute: string): Buffer {
  const { Messages, ...response } = JSON.parse(body.toString());
  if (Messages === undefined) return body;
  const shown = Messages.map((message: Received) => showSender(message, attribute));
  return Buffer.from(JSON.stringify({ ...response, Messages: shown }));
}

function showSender(
  { Attributes, MessageAttributes = {}, ...message }: Received,
  attribute: string,
): Received {
  const { [attribute]: { StringValue: SenderId } = {}, ...others } = MessageAttributes;
  const isAsked = Attributes?.SenderId !== undefined && SenderId !== undefined;
  return {
    ...message,
    ...(Attributes && { Attributes: { ...Attributes, ...(isAsked && { SenderId }) } }),
    ...(Object.keys(others).length > 0 && { MessageAttributes: others }),
  };
}
