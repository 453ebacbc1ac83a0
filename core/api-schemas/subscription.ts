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
import { HEADER_VALUE, isFramingHeader, isPadded, isReservedHeader } from '../model/request-headers.ts';
import { literalOrigin } from '../model/request-url.ts';
import { validSecrets } from '../model/signing-secret.ts';
import { type Subscription, subscriptionDefaults } from '../model/subscription.ts';
import type { FormatSetting } from '../request/formats/body-format.ts';
import { FORMAT_NAMES, formats } from '../request/formats.ts';
import { SIGNATURE_NAMES, type SignatureName, signatures } from '../request/signatures.ts';
import { storableText } from './storable-text.ts';

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
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
    z
      .string()
      .max(2048)
      .regex(HEADER_VALUE, 'is not a header value: it may only have printable characters of Latin-1')
      .refine((value) => !isPadded(value), 'is not a header value: receivers drop white space around it'),
  )
  .refine(
    (headers) =>
      new Set(Object.keys(headers).map((name) => name.toLowerCase())).size === Object.keys(headers).length,
    'has names that differ only in case',
  )
  .refine((headers) => Object.keys(headers).length <= 50, 'has more than 50 headers')
  .refine((headers) => totalLength(headers) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`);

/** The fields that a caller may set, without defaults. Rules that involve more than one field are in {@link RULES}. */
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
    .refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, 'has a duplicate key')
    .nullable(),
  fieldsEncoding: z.enum(['json', 'form']),
  template: source(65_536, templateFault).nullable(),
  dynamicUrl: z.boolean(),
  dynamicOrigin: z.boolean(),
  signature: z.enum(SIGNATURE_NAMES),
  timeoutSeconds: z.number().int().min(1).max(30),
  retry: z.union(
    [z.enum(['standard', 'none']), z.array(z.number().int().min(1).max(86_400)).min(1).max(20)],
    {
      error: 'is not "standard", "none" or a list of 1 to 20 waits of 1 to 86400 seconds',
    },
  ),
  redirects: z.enum(['fail', 'accept', 'follow']),
  rateLimit: z.strictObject({ perSecond: z.number().int().min(1).max(1000) }).nullable(),
  maxInFlight: z.number().int().min(1).max(200).nullable(),
  ordering: z.enum(['none', 'strict']),
  traceState: z.boolean(),
  log: z.enum(['compact', 'full']),
  paused: z.boolean(),
  metadata: z
    .record(storableText().max(64).refine(isStorableName, NOT_STORABLE_NAME), storableText().max(512))
    .refine((metadata) => Object.keys(metadata).length <= 50, 'has more than 50 entries')
    .refine((metadata) => totalLength(metadata) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`),
};

/** Return the schema of a template or condition, which is compiled to find its faults. */
function source(maxLength: number, faultOf: (text: string) => string | null) {
  return storableText()
    .min(1)
    .max(maxLength)
    .superRefine((text, context) => {
      const message = text.length <= maxLength ? faultOf(text) : null;
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
}

/** Settings that may not have passed the schema of their field. */
type UncheckedSettings = { readonly [Key in keyof Subscription | 'secret']?: unknown };

interface Rule {
  readonly path: 'url' | 'secret' | 'fields' | 'template';
  /** Return the fault as the rest of a sentence that begins with the path, or null if the rule holds. */
  readonly fault: (settings: UncheckedSettings, policy: DestinationPolicy) => string | null;
}

const MAX_DYNAMIC_URL = 2048;
const NO_ORIGIN =
  'does not begin with an origin, such as https://example.com/, which needs "dynamicOrigin": true';

const isSignature = (name: unknown): name is SignatureName => SIGNATURE_NAMES.includes(name as SignatureName);

function secretFault({
  secret,
  signature = subscriptionDefaults.signature,
}: UncheckedSettings): string | null {
  if (typeof secret !== 'string') return null;
  if (!STORABLE_TEXT.test(secret)) return NOT_STORABLE_TEXT;
  // An unknown signature is already a fault of the field `signature`; the secret may then be any text.
  return signatures[isSignature(signature) ? signature : 'none'].secretFault(secret);
}

function requiredFault(setting: FormatSetting, settings: UncheckedSettings): string | null {
  const { format } = settings;
  const requires = typeof format === 'string' ? formats[format]?.requires : undefined;
  const value = settings[setting];
  const isSet = setting === 'fields' ? Array.isArray(value) : typeof value === 'string';
  return requires === setting && !isSet ? `is required with the format "${format}"` : null;
}

/** Rules that involve more than one field. */
const RULES: readonly Rule[] = [
  {
    path: 'url',
    fault({ url, dynamicUrl, dynamicOrigin }, policy) {
      if (typeof url !== 'string') return null;
      if (!STORABLE_TEXT.test(url)) return NOT_STORABLE_TEXT;
      if (dynamicUrl !== true) return refusedUrl(url, policy);
      // The rendered URL is checked before each request.
      if (url.length > MAX_DYNAMIC_URL) return `is longer than ${MAX_DYNAMIC_URL} characters`;
      const isFixed = dynamicOrigin === true || literalOrigin(url) !== null;
      return templateFault(url) ?? (isFixed ? null : NO_ORIGIN);
    },
  },
  { path: 'secret', fault: secretFault },
  { path: 'fields', fault: (settings) => requiredFault('fields', settings) },
  { path: 'template', fault: (settings) => requiredFault('template', settings) },
];

/** Return the rules that settings break as a whole, such as the settings that a PATCH would leave. */
export function settingFaults(settings: UncheckedSettings, policy: DestinationPolicy): Fault[] {
  return RULES.flatMap(({ path, fault }) => {
    const message = fault(settings, policy);
    return message === null ? [] : [{ path, message }];
  });
}

/** Return the rules that a changed subscription breaks, those for each secret that still signs included. */
export function subscriptionFaults(
  subscription: Subscription,
  policy: DestinationPolicy,
  now: number,
): Fault[] {
  const [secret, ...overlapping] = validSecrets(subscription.secrets, now);
  const unfit = overlapping
    .map((replaced) => secretFault({ ...subscription, secret: replaced }))
    .find(Boolean);
  return [
    ...settingFaults({ ...subscription, secret }, policy),
    ...(unfit
      ? [
          {
            path: 'secret',
            message: `overlaps with a replaced one that ${unfit}: rotate it with "overlapSeconds": 0`,
          },
        ]
      : []),
  ];
}

/** Return the schema of a POST's body. */
export function newSubscriptionSchema(policy: DestinationPolicy) {
  const { url, events, ...optional } = settableShape;
  const shape = { url, events, ...z.object(optional).partial().shape, secret: z.string().optional() };
  const isObject = ({ value }: { value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return RULES.reduce(
    (schema, { path, fault }) =>
      schema.refine((settings) => fault(settings as UncheckedSettings, policy) === null, {
        path: [path],
        // Even if other fields have faults: one response reports them all.
        when: isObject,
        error: ({ input }) => fault(input as UncheckedSettings, policy) ?? '',
      }),
    z.strictObject(shape),
  );
}

/** The body of a secret's rotation. The old secret keeps signing for a day by default and for a week at most. */
export const rotationSchema = z.strictObject({
  secret: z.string().optional(),
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400),
});

/** Return the same schema for a subscription with this signature, which the new secret must suit. */
export function rotationSchemaFor(signature: Subscription['signature']) {
  const secret = z.string().superRefine((text, context) => {
    const message = secretFault({ secret: text, signature });
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
  return rotationSchema.extend({ secret: secret.optional() });
}

/** The body of a PATCH, merged at the top level. */
export const subscriptionPatchSchema = z.strictObject(settableShape).partial();

export type NewSubscription = z.output<ReturnType<typeof newSubscriptionSchema>>;
export type SubscriptionPatch = z.output<typeof subscriptionPatchSchema>;
