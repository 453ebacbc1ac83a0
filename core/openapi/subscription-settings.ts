import * as z from 'zod';
import {
  newSubscriptionSchema,
  rotationSchema,
  subscriptionPatchSchema,
} from '../api-schemas/subscription.ts';
import { PUBLIC_DESTINATIONS } from '../contract.ts';
import { mapValues } from '../kernel/objects.ts';
import { subscriptionDefaults } from '../model/subscription.ts';
import { formats } from '../request/formats.ts';
import { signatures } from '../request/signatures.ts';
import { bodies, named } from './components.ts';

/** Which hook URLs a stage allows is not part of the schema: the description of `url` says it. */
const newSchema = newSubscriptionSchema(PUBLIC_DESTINATIONS);

/** Return the names of a registry with their descriptions: "`a`: …; `b`: …". */
const choices = (registry: Readonly<Record<string, { readonly description: string }>>): string =>
  Object.entries(registry)
    .map(([name, { description }]) => `\`${name}\`: ${description}`)
    .join('; ');

export const SETTABLE = {
  url:
    'The hook: https, on port 443 or from 1024 up, at a public address. Local stacks allow http and loopback addresses as well. ' +
    'Unless the key has the scope `manage`, the query and path segments that may be credentials are returned as `***`.',
  events:
    'Exact types, `prefix.*` (one or more further segments) or `*`. ' +
    '`ancrage.*` matches operational events: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. `*` does not. ' +
    'The first has `eventId` and `eventType` only if another pattern of the subscription matches that type.',
  name: 'A name for people.',
  enabled:
    'A disabled subscription gets no events. Deliveries that were pending when it was disabled stay cancelled, even after ' +
    'it is enabled again.',
  condition:
    'A Python expression that must be true for an event to be sent, such as `data.total > 1000`. Names: `data` (also ' +
    '`doc`), `event`, `changes`, `utils`. Null: every event is sent.',
  method: 'The method of the requests.',
  headers:
    'Added to each request: at most 50, with 8192 characters in total, except `webhook-*`, `ancrage-hops`, `ancrage-test`, `traceparent`, `tracestate` and headers that ' +
    'frame a request. Values have printable characters of Latin-1, which are sent as one byte each. They are returned as ' +
    '`***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. A change of `url` or `dynamicUrl` needs them again.',
  format: `The format of the body. ${choices(formats)}.`,
  fields:
    'Required by the format `fields`: each `key`, which must be unique, gets the value of `fieldname` in the data, or ' +
    'null.',
  fieldsEncoding: 'For the format `fields`; `form` is `application/x-www-form-urlencoded`.',
  template:
    'Required by the format `template`: a Jinja template that renders JSON, with the same names as conditions.',
  dynamicUrl:
    '`url` is a Jinja template of at most 2048 characters, with the same names as conditions. Values in the path and query ' +
    'are percent-encoded. The rendered URL is checked for each request.',
  dynamicOrigin:
    'Whether the template of `url` may render the origin, too: the scheme, host or port. Otherwise it must begin with one.',
  signature: `The signature of the requests. ${choices(signatures)}.`,
  timeoutSeconds: 'Seconds from the DNS look-up to the last byte of the response.',
  retry:
    '`standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or a list of waits ' +
    'in seconds, which are exact. A new subscription has `standard`. The schedule must be shorter than the time for which the project keeps its events.',
  redirects:
    '`fail`: a redirect is a failure. `accept`: a 302 or 303 counts as delivered, as of a web application that has processed the ' +
    'request when it redirects. `follow`: a 302 or 303 is followed once, with a GET; another origin gets neither `headers` ' +
    'nor signatures, and http is never requested after https. The webhooks of Frappe’s API follow up to five, with the methods ' +
    'of Python’s `requests`.',
  rateLimit:
    'The most requests that the endpoint is sent in any second, retries and replays included. Null: as many as it takes.',
  maxInFlight: 'The most requests that the endpoint is sent at once. Null: as many as it takes.',
  ordering:
    '`strict`: the events of an `orderingKey` are sent in the order in which they were published, the next one when the one ' +
    'before has succeeded or ended. Other keys are not affected. `none`: as they come.',
  traceState:
    'Whether requests have the `tracestate` of the publisher’s trace, in the format `cloudevents` also as an attribute of the event. ' +
    'It may say something about the publisher’s systems. Every request of an event with a trace has the `traceparent`.',
  log:
    'How much of a success the request log keeps. `compact`: about 1 KB. `full`: every header and 16 KB of each body, as of ' +
    'failures, while the project has logged less than it may in a day.',
  paused:
    'While true, nothing is sent and deliveries wait. They expire with their events, after the retention time of the project.',
  metadata: 'For your own use: at most 50 entries, with 8192 characters in total.',
};
const SECRET =
  '`whsec_` and the base64 of 24 to 64 bytes; with other signatures than `standard`, 1 to 1024 characters.';

/** For forms: the settings that each format reads, and its own defaults. */
const FORMAT_CHOICES = mapValues(formats, ({ settings = [], requires = null, defaults = {} }) => ({
  settings,
  requires,
  defaults,
}));

const defaults: Readonly<Record<string, unknown>> = subscriptionDefaults;
const withDefaults = mapValues(SETTABLE, (description, name) => ({
  description,
  ...(name === 'format' && { 'x-choices': FORMAT_CHOICES }),
  // Generators of clients fail at the default of a union, and null is the default of anything nullable.
  ...(name in defaults && !['retry', 'rateLimit'].includes(name) && { default: defaults[name] }),
}));

/** A format’s required setting is neither left out nor null. */
const requirements = Object.entries(formats)
  .filter(([, { requires = null }]) => requires !== null)
  .map(([format, { requires = '' }]) => ({
    if: { not: { properties: { format: { const: format } }, required: ['format'] } },
    else: { properties: { [requires]: { not: { type: 'null' } } }, required: [requires] },
  }));

export const newSubscription = bodies.add('NewSubscription', newSchema, {
  fields: {
    ...withDefaults,
    secret: `The secret that signs the requests: ${SECRET} By default 32 bytes are generated.`,
  },
  rules: { allOf: requirements },
  example: {
    url: 'https://example.com/hook',
    events: ['invoice.paid', 'job.*'],
    name: 'Billing sync',
    headers: { 'x-api-key': 'swordfish' },
  },
});

export const subscriptionPatch = bodies.add('SubscriptionPatch', subscriptionPatchSchema, {
  description: 'Merged at the top level.',
  fields: SETTABLE,
  example: { events: ['invoice.*'], retry: [60, 3600] },
});

export const rotation = bodies.add('Rotation', rotationSchema, {
  fields: {
    secret: `The new secret: ${SECRET} Generated by default.`,
    overlapSeconds: 'How long the old secret signs requests as well; a week at most.',
  },
  example: { overlapSeconds: 3600 },
});

const { shape } = subscriptionPatchSchema;
export const deliveryMethod = named('DeliveryMethod', shape.method.unwrap());
named('BodyFormat', shape.format.unwrap());
named('FieldsEncoding', shape.fieldsEncoding.unwrap());
named('SignatureKind', shape.signature.unwrap());
named('RedirectPolicy', shape.redirects.unwrap());
named('DeliveryOrdering', shape.ordering.unwrap());
named('LogDetail', shape.log.unwrap());
named('RateLimit', shape.rateLimit.unwrap().unwrap());
named('FieldMapping', shape.fields.unwrap().unwrap().element);
const [retrySchedule, retryWaits] = named('RetryPolicy', shape.retry.unwrap()).options;
named('RetrySchedule', retrySchedule);
named('RetryWaits', retryWaits);

const { secret: _, ...settable } = z.object(newSchema.shape).required().shape;

/** The settings in responses: the same fields as in requests, so they share the schemas. */
export const settableShape = settable;
