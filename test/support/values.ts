import fc from 'fast-check';
import { resolved, type Schema } from './operations.ts';

/** A placeholder for a resource that exists when the request is made, such as a subscription's id. */
export class Known {
  readonly kind: string;
  readonly index: number;

  constructor(kind: string, index: number) {
    this.kind = kind;
    this.index = index;
  }
}

/** The kinds of resource that fields and parameters name. Made-up values would be rejected before they reach the code. */
const KIND_OF: Readonly<Record<string, string>> = {
  url: 'hook',
  hookUrl: 'hook',
  request_url: 'hook',
  eventId: 'events',
  event: 'event-types',
  events: 'event-types',
  type: 'event-types',
  condition: 'condition',
  template: 'template',
  subscriptionId: 'subscriptions',
  codeWebhookSubscription: 'removable subscriptions',
  projectCode: 'projects',
  userName: 'keys',
  username: 'keys',
  password: 'secret',
  secret: 'signing secret',
  since: 'time',
  until: 'time',
  cursor: 'cursor',
};

export const known = (kind: string): fc.Arbitrary<Known> => fc.nat(99).map((index) => new Known(kind, index));

/** Return whether a value is a JSON object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Known);

/** Replace the resources in an example of the document with known ones. */
export function knowing(example: unknown): unknown {
  if (!isObject(example)) return Array.isArray(example) ? example.map(knowing) : example;
  const members = Object.entries(example).map(([name, member]) => {
    const kind = KIND_OF[name];
    // A list may name resources, too; an object may be a schema, whose members are other names.
    if (kind === undefined) return [name, Array.isArray(member) ? knowing(member) : member];
    return [name, Array.isArray(member) ? [new Known(kind, 0)] : new Known(kind, 0)];
  });
  return Object.fromEntries(members);
}

/** For every pattern of the document, at least one of these matches. */
const PLAIN = [
  'a',
  'erp',
  'invoice.paid',
  'job.*',
  'x-api-key',
  'e30=',
  'Ada Lovelace',
  'application/json',
  'https://erp.example',
];

/** Return values that fit a schema, mostly known resources for the fields in {@link KIND_OF}. */
export function fitting(given: Schema, name = ''): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const kind = KIND_OF[name];
  const plain = byType(schema, name);
  return kind === undefined || !isText(schema)
    ? plain
    : fc.oneof({ weight: 6, arbitrary: known(kind) }, plain);
}

const isText = ({ type, anyOf }: Schema): boolean =>
  [type].flat().includes('string') || anyOf?.some(isText) === true;

function byType(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each, name)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => byType({ ...schema, type }, name)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 5 } = schema;
      return fc.array(fitting(items, name), { minLength: minItems, maxLength: Math.min(maxItems, 5) });
    }
    case 'object':
      return object(schema);
    default:
      return fc.jsonValue();
  }
}

function text({ format, pattern, minLength = 0, maxLength = 300 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
  const fits = (value: string) =>
    value.length >= minLength && value.length <= maxLength && new RegExp(pattern ?? '', 'u').test(value);
  const plain = PLAIN.filter(fits);
  if (plain.length === 0)
    throw new Error(`add a value to PLAIN that fits ${pattern ?? `${minLength} to ${maxLength} characters`}`);
  return fc.oneof(
    fc.constantFrom(...plain),
    fc
      .string({ unit: 'grapheme', minLength: Math.min(minLength, 10), maxLength: 20 })
      .map((made) => (fits(made) ? made : (plain[0] ?? made))),
    fc.constantFrom(...['x'.repeat(maxLength), 'x'.repeat(minLength)].filter(fits), plain[0] ?? ''),
  );
}

function object({ properties = {}, required = [], additionalProperties, propertyNames }: Schema) {
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fitting(schema, name)])),
    { requiredKeys: [...required] },
  );
  if (additionalProperties === undefined || additionalProperties === false) return named;
  const values = additionalProperties === true ? fc.jsonValue() : fitting(additionalProperties);
  const names = fitting(propertyNames ?? { type: 'string', maxLength: 30 }) as fc.Arbitrary<string>;
  return fc
    .tuple(named, fc.dictionary(names, values, { maxKeys: 3 }))
    .map(([fields, others]) => ({ ...others, ...fields }));
}
