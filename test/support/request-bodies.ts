import { type Operation, operations, resolved, type Schema } from './operations.ts';

/** A kind of body that an operation accepts: an object, alone or in an array. */
export interface RequestBody {
  readonly name: string;
  readonly operation: Operation;
  /** The query of the path, if the path accepts several kinds. */
  readonly query: string;
  readonly contentType: string;
  readonly schema: Schema;
  readonly example: Readonly<Record<string, unknown>>;
  readonly isInArray: boolean;
}

const QUERY: Readonly<Record<string, string>> = {
  WeavySubscribe: '?c=EPT_WebhookSubscribe',
  WeavyUnsubscribe: '?c=EPT_WebhookUnsubscribe',
  WeavyUnsubscribeAll: '?c=EPT_WebhookUnsubscribe',
  WeavyPerformList: '?c=EPT_WebhookPerformList',
};

/** Every kind of JSON body of every operation, so that tests cover future operations too. */
export const requestBodies: readonly RequestBody[] = operations.flatMap((operation) =>
  Object.entries(operation.bodies)
    .filter(([contentType]) => contentType.endsWith('json'))
    .flatMap(([contentType, schema]) =>
      kindsOf(schema).map(({ name, schema, isInArray }): RequestBody => {
        const [example] = schema.examples ?? [];
        if (example === undefined) throw new Error(`${name} of ${operation.operationId} has no example.`);
        return {
          name: `${operation.operationId}, ${contentType}, ${name}${isInArray ? ' in an array' : ''}`,
          ...{ operation, contentType, schema, isInArray, query: QUERY[name] ?? '' },
          example: example as Record<string, unknown>,
        };
      }),
    ),
);

interface Kind {
  readonly name: string;
  readonly schema: Schema;
  readonly isInArray: boolean;
}

function kindsOf(given: Schema, isInArray = false): Kind[] {
  const schema = resolved(given);
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => kindsOf(each, isInArray));
  if (schema.items !== undefined) return kindsOf(schema.items, true);
  return [{ name: given.$ref?.split('/').at(-1) ?? '', schema, isInArray }];
}

const ONE_OF_EACH: Readonly<Record<string, unknown>> = {
  ...{ number: 17.5, string: 'text', boolean: true, array: [], object: {}, null: null },
};

/** Return a value of each JSON type that a schema does not accept. */
export function wrongTypes(schema: Schema): unknown[] {
  const right = typesOf(schema);
  return Object.entries(ONE_OF_EACH).flatMap(([type, value]) => (right.includes(type) ? [] : [value]));
}

/** Return the types of a schema, or all types if it names none. */
function typesOf(given: Schema): readonly string[] {
  const { type, anyOf } = resolved(given);
  if (anyOf !== undefined) return anyOf.flatMap(typesOf);
  return type === undefined ? Object.keys(ONE_OF_EACH) : [type].flat();
}

/** A place for text in a body. */
export interface Spot {
  /** The path of the fault if this text is there. */
  readonly path: (text: string) => string;
  /** The value of the field that the place is in, with this text in the place. */
  readonly value: (text: string) => unknown;
}

/** Return every place for text that a schema defines: values, items and names, but none in free-form data. */
export function textSpots(given: Schema, path: string): Spot[] {
  const schema = resolved(given);
  const within = (inner: Schema, at: string, wrap: (value: unknown) => unknown): Spot[] =>
    textSpots(inner, `${path}.${at}`).map((spot) => ({ ...spot, value: (text) => wrap(spot.value(text)) }));
  const { properties = {}, items, additionalProperties, anyOf = [] } = schema;
  return [
    ...([schema.type].flat().includes('string') ? [{ path: () => path, value: (text: string) => text }] : []),
    ...anyOf.flatMap((each) => textSpots(each, path)),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      within(inner, name, (value) => ({ [name]: value })),
    ),
    ...(items === undefined ? [] : within(items, '0', (value) => [value])),
    ...(isTextMap(additionalProperties)
      ? [
          ...within(additionalProperties, 'x', (value) => ({ x: value })),
          { path: (text: string) => `${path}.${text}`, value: (text: string) => ({ [text]: 'x' }) },
        ]
      : []),
  ];
}

const isTextMap = (schema: Schema['additionalProperties']): schema is Schema =>
  typeof schema === 'object' && schema.type === 'string';
