import * as z from 'zod/mini';
import { ValidationError } from '../kernel/errors.ts';
import { InvalidJsonError, type JsonText, membersOf, objectText, toJsonText } from '../kernel/json-text.ts';
import { mapValues } from '../kernel/objects.ts';
import { MAX_CARRIED_LEVELS, parseStrictJson } from '../kernel/strict-json.ts';
import { decodeUtf8, NotUtf8Error } from '../kernel/utf8.ts';
import { validate } from '../kernel/validate.ts';
import { MAX_EVENT_BYTES, type PublishedEvent, refuseLargerThan } from './event.ts';
import { eventTypeNameSchema } from './event-type-name.ts';
import { HOPS, readHops } from './hops.ts';
import { isJsonMediaType } from './media-type.ts';
import { projectIdSchema } from './project-id.ts';
import { eventIdSchema, orderingKeySchema, readPublishedEvent, uriSourceSchema } from './published-event.ts';
import { readTraceContext, type TraceContext } from './trace-context.ts';

/** A published event with the project that it names, if it names one. */
export interface Envelope {
  readonly project: string | undefined;
  readonly event: PublishedEvent;
  /** The hops in the attributes of an SNS notification. */
  readonly hops?: number;
  /** The trace in the attributes of a CloudEvent or of an SNS notification. */
  readonly trace?: TraceContext | undefined;
}

/**
 * Read the body of a queue message: the native form plus `project`, CloudEvents 1.0 JSON, an EventBridge event, or an SNS
 * notification that wraps one of these.
 *
 * @param isInternal whether a function of ours sent it
 * @param maxBytes the size that is accepted
 * @throws InvalidJsonError, ValidationError, TooLargeError with a reason that a publisher understands
 */
export function readEnvelope(
  body: string,
  isInternal = false,
  maxBytes: number = MAX_EVENT_BYTES[2].carried,
): Envelope {
  const { value, text } = parseStrictJson(body, MAX_CARRIED_LEVELS);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationError('The message is not a JSON object.');
  }
  if (isSnsNotification(value)) return readSnsNotification(value, maxBytes);
  refuseLargerThan(maxBytes, text);
  if ('specversion' in value) return readCloudEvent(text);
  if ('detail-type' in value) return readEventBridgeEvent(text);
  return readNative(text, isInternal);
}

const projectSchema = z.optional(projectIdSchema);

function readNative(text: JsonText, isInternal: boolean): Envelope {
  const { project, ...members } = Object.fromEntries(membersOf(text));
  return { project: readProject(project), event: readPublishedEvent(objectText(members), isInternal) };
}

const readProject = (member: JsonText | undefined) =>
  member && validate(z.object({ project: projectSchema }), { project: JSON.parse(member) }).project;

// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md and …/formats/json-format.md
export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: eventIdSchema,
  source: uriSourceSchema,
  type: eventTypeNameSchema,
  time: z.optional(z.string()),
  datacontenttype: z.optional(z.string()),
  data_base64: z.optional(z.base64()),
  project: projectSchema,
  orderingkey: z.optional(orderingKeySchema),
});

export function readCloudEvent(text: JsonText): Envelope {
  const members = setMembersOf(text);
  const cloudEvent = validate(cloudEventSchema, JSON.parse(objectText(Object.fromEntries(members))));
  if (members.has('data') && members.has('data_base64'))
    throw ValidationError.of([{ path: 'data_base64', message: 'is given besides data' }]);
  refuseControlCharacters(cloudEvent);
  const { specversion: _, id, source, type, data, data_base64: __, ...others } = Object.fromEntries(members);
  // The names of CloudEvents' attributes are lower case.
  const native = { id, source, type, time: others.time, data: NO_DATA, orderingKey: others.orderingkey };
  return {
    project: cloudEvent.project,
    event: {
      ...readPublishedEvent(objectText(native)),
      ...(cloudEvent.data_base64 === undefined ? plainData(data) : decodedData(cloudEvent)),
      cloudEvent: objectText(others),
    },
    trace: readTraceContext(cloudEvent),
  };
}

/** No attribute may have them, and no header of the HTTP binding could (specification, "Type System", String). */
function refuseControlCharacters({ data: _, ...attributes }: Readonly<Record<string, unknown>>): void {
  const isRefused = (value: unknown) => typeof value === 'string' && /[\p{Cc}\p{Cs}]/u.test(value);
  const refused = Object.entries(attributes).filter(([, value]) => isRefused(value));
  if (refused.length > 0)
    throw ValidationError.of(refused.map(([path]) => ({ path, message: 'contains control characters' })));
}

type Data = Pick<PublishedEvent, 'data' | 'dataForm'>;

const plainData = (data: JsonText | undefined): Data =>
  data === undefined ? { data: NO_DATA, dataForm: 'none' } : { data };

/** @throws RequestError if the data is not the JSON that its type says */
function decodedData({
  data_base64 = '',
  datacontenttype,
}: Pick<z.infer<typeof cloudEventSchema>, 'data_base64' | 'datacontenttype'>): Data {
  const asBase64: Data = { data: toJsonText(data_base64), dataForm: 'base64' };
  if (datacontenttype !== undefined && !isJsonMediaType(datacontenttype)) return asBase64;
  try {
    const decoded = decodeUtf8(Buffer.from(data_base64, 'base64'), 'data_base64');
    return { data: parseStrictJson(decoded).text, dataForm: 'json in base64' };
  } catch (error) {
    // Data of no type may be JSON: version 0.1 takes no other.
    const isNoJson = error instanceof InvalidJsonError || error instanceof NotUtf8Error;
    if (datacontenttype === undefined && isNoJson) return asBase64;
    throw error;
  }
}

/** Return the members of a CloudEvent without the attributes that are null, which counts as unset (JSON format, 2.2). */
function setMembersOf(text: JsonText): Map<string, JsonText> {
  const isSet = ([name, member]: readonly [string, JsonText]) => name === 'data' || member !== 'null';
  return new Map([...membersOf(text)].filter(isSet));
}

/** The data of a CloudEvent without any, in all other formats than CloudEvents. */
const NO_DATA = '{}' as JsonText;

// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
const eventBridgeSchema = z.looseObject({
  id: eventIdSchema,
  'detail-type': z.string(),
  source: z.string(),
  project: projectSchema,
});

function readEventBridgeEvent(text: JsonText): Envelope {
  const bridged = validate(eventBridgeSchema, JSON.parse(text));
  const members = membersOf(text);
  const native = {
    id: members.get('id'),
    source: members.get('source'),
    type: members.get('detail-type'),
    time: members.get('time'),
    data: members.get('detail'),
  };
  return { project: bridged.project, event: readPublishedEvent(objectText(native)) };
}

interface SnsNotification {
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value?: unknown } | undefined>>;
}

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
function isSnsNotification(value: object): value is SnsNotification {
  return (
    'TopicArn' in value &&
    'Type' in value &&
    value.Type === 'Notification' &&
    'Message' in value &&
    typeof value.Message === 'string'
  );
}

function readSnsNotification(notification: SnsNotification, maxBytes: number): Envelope {
  const inner = parseStrictJson(notification.Message);
  if (typeof inner.value === 'object' && inner.value !== null && isSnsNotification(inner.value)) {
    throw new ValidationError('The SNS notification wraps another one.');
  }
  const attributes = notification.MessageAttributes;
  const wrapped = readEnvelope(inner.text, false, maxBytes);
  const envelope = {
    ...wrapped,
    hops: readHops(attributes?.[HOPS]?.Value),
    trace: wrapped.trace ?? readTraceContext(mapValues(attributes ?? {}, (each) => each?.Value)),
  };
  const attribute = attributes?.project?.Value;
  return envelope.project === undefined && attribute !== undefined
    ? { ...envelope, project: readProject(toJsonText(attribute)) }
    : envelope;
}
