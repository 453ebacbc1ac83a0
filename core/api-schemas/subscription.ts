import * as z from 'zod';
import type { DestinationPolicy } from '../contract.ts';
import { conditionFault } from '../customer-code/conditions.ts';
import { templateFault } from '../customer-code/templates.ts';
import type { Fault } from '../kernel/errors.ts';
import {
  isStorableName,
  NOT_STORABLE_NAME,
  NOT_STORABLE_TEXT,
  STORABLE_TEXT,
} from '../kernel/storable-text.ts';
import { refusedUrl } from '../model/destination.ts';
import { eventPatternSchema } from '../model/event-type-name.ts';
import { isFramingHeader, isReservedHeader } from '../model/request-headers.ts';
import { type Subscription, subscriptionDefaults } from '../model/subscription.ts';
import type { FormatSetting } from '../request/formats/body-format.ts';
import { FORMAT_NAMES, formats } from '../request/formats.ts';
import { SIGNATURE_NAMES, type SignatureName, signatures } from '../request/signatures.ts';
import { storableText } from './storable-text.ts';

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MAX_TOTAL = 8192;
const totalLength = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).flat().join('').length;

const headersSchema = z
  .record(
    z
      .string()
      .max(128)
      .refine(isStorableName, NOT_STORABLE_NAME)
      .regex(HEADER_NAME, 'is not a header name')
      .refine((name) => !isFramingHeader(name) && !isReservedHeader(name), 'is a reserved header'),
    z.string().max(2048).regex(HEADER_VALUE, 'is not a header value'),
  )
  .refine((headers) => Object.keys(headers).length <= 50, 'has more than 50 headers')
  .refine((headers) => totalLength(headers) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`);

/** What a caller may set, without defaults. What depends on more than one field is in {@link RULES}. */
const settableShape = {
  url: z.string(),
  events: z.array(eventPatternSchema).min(1).max(100),
  name: storableText().max(200).nullable(),
  enabled: z.boolean(),
  condition: source(4096, conditionFault).nullable(),
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  headers: headersSchema,
  format: z.enum(FORMAT_NAMES as [string, ...string[]]),
  fields: z
    .array(z.strictObject({ key: storableText().min(1).max(140), fieldname: storableText().min(1).max(140) }))
    .min(1)
    .max(100)
    .refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, 'has one key twice')
    .nullable(),
  fieldsEncoding: z.enum(['json', 'form']),
  template: source(65_536, templateFault).nullable(),
  dynamicUrl: z.boolean(),
  signature: z.enum(SIGNATURE_NAMES),
  timeoutSeconds: z.number().int().min(1).max(30),
  retry: z.union(
    [z.enum(['standard', 'none']), z.array(z.number().int().min(1).max(86_400)).min(1).max(20)],
    {
      error: 'is not "standard", "none" or a list of 1 to 20 waits of 1 to 86400 seconds',
    },
  ),
  metadata: z
    .record(storableText().max(64).refine(isStorableName, NOT_STORABLE_NAME), storableText().max(512))
    .refine((metadata) => Object.keys(metadata).length <= 50, 'has more than 50 entries')
    .refine((metadata) => totalLength(metadata) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`),
};

/** A customer's source, compiled to see whether it can be. */
function source(maxLength: number, faultOf: (text: string) => string | null) {
  return storableText()
    .min(1)
    .max(maxLength)
    .superRefine((text, context) => {
      const message = text.length <= maxLength ? faultOf(text) : null;
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
}

/** What rules look at: settings, or what a caller has sent in their place. */
type Given = { readonly [Key in keyof Subscription | 'secret']?: unknown };

interface Rule {
  readonly path: 'url' | 'secret' | 'fields' | 'template';
  /** As the rest of a sentence that begins with the path; null if it holds. */
  readonly fault: (given: Given, policy: DestinationPolicy) => string | null;
}

const MAX_DYNAMIC_URL = 2048;

const isSignature = (name: unknown): name is SignatureName => SIGNATURE_NAMES.includes(name as SignatureName);

function secretFault({ secret, signature = subscriptionDefaults.signature }: Given): string | null {
  if (typeof secret !== 'string') return null;
  if (!STORABLE_TEXT.test(secret)) return NOT_STORABLE_TEXT;
  // With a signature that is none of ours, which has a fault of its own, the secret may be any text.
  return signatures[isSignature(signature) ? signature : 'none'].secretFault(secret);
}

function requiredFault(setting: FormatSetting, given: Given): string | null {
  const { format } = given;
  const requires = typeof format === 'string' ? formats[format]?.requires : undefined;
  return requires === setting && (given[setting] ?? null) === null
    ? `is required with the format "${format}"`
    : null;
}

/** What depends on more than one field. */
const RULES: readonly Rule[] = [
  {
    path: 'url',
    fault({ url, dynamicUrl }, policy) {
      if (typeof url !== 'string') return null;
      if (!STORABLE_TEXT.test(url)) return NOT_STORABLE_TEXT;
      if (dynamicUrl !== true) return refusedUrl(url, policy);
      // Where it leads is known, and judged, when it is rendered.
      if (url.length > MAX_DYNAMIC_URL) return `is longer than ${MAX_DYNAMIC_URL} characters`;
      return templateFault(url);
    },
  },
  { path: 'secret', fault: secretFault },
  { path: 'fields', fault: (given) => requiredFault('fields', given) },
  { path: 'template', fault: (given) => requiredFault('template', given) },
];

/** What is wrong with settings as a whole, say those that a change would leave. */
export function settingFaults(given: Given, policy: DestinationPolicy): Fault[] {
  return RULES.flatMap(({ path, fault }) => {
    const message = fault(given, policy);
    return message === null ? [] : [{ path, message }];
  });
}

/** Body of a creation. */
export function newSubscriptionSchema(policy: DestinationPolicy) {
  const { url, events, ...optional } = settableShape;
  const shape = { url, events, ...z.object(optional).partial().shape, secret: z.string().optional() };
  const isObject = ({ value }: { value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return RULES.reduce(
    (schema, { path, fault }) =>
      schema.refine((given) => fault(given as Given, policy) === null, {
        path: [path],
        // Also where other fields have faults: all are told in one answer.
        when: isObject,
        error: ({ input }) => fault(input as Given, policy) ?? '',
      }),
    z.strictObject(shape),
  );
}

/** Body of a rotation. Seconds: a day unless said otherwise, a week at most. */
export const rotationSchema = z.strictObject({
  secret: z.string().optional(),
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400),
});

/** The same for a subscription with this signature, whose secret it must be. */
export function rotationSchemaFor(signature: Subscription['signature']) {
  const secret = z.string().superRefine((text, context) => {
    const message = secretFault({ secret: text, signature });
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
  return rotationSchema.extend({ secret: secret.optional() });
}

/** Body of a PATCH: merged at the top level. */
export const subscriptionPatchSchema = z.strictObject(settableShape).partial();

export type NewSubscription = z.output<ReturnType<typeof newSubscriptionSchema>>;
export type SubscriptionPatch = z.output<typeof subscriptionPatchSchema>;
