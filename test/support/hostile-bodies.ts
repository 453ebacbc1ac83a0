import { type RequestBody, textSpots, wrongTypes } from './request-bodies.ts';

/** A body that must be refused. */
export interface HostileBody {
  readonly what: string;
  /** As it is sent. */
  readonly text: string;
  /** Of the fault, within the body. */
  readonly path?: string;
}

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const UNSTORABLE = ['a\u0000b', 'a\ud800b', '\udc00'];
const UNSENDABLE = ['b\r\nc: d', 'b\nc', 'b\rc', 'b\u0000', 'b\u2028c', '\r\n\r\n<script>'];
const UNSENDABLE_NAMES = [
  'a\r\nb',
  'a: b',
  'a\n',
  'a b',
  'a\u0000',
  '',
  'host',
  'Content-Length',
  'webhook-id',
  'transfer-encoding',
];

/** The members of an object as text, so that they may be what no object can be. */
const objectText = (members: readonly (readonly [string, string])[]) =>
  `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`;

/** Everything that may be wrong with a body of this kind. */
export function hostileBodies({ schema, example, isInArray, operation }: RequestBody): HostileBody[] {
  const { properties = {}, additionalProperties } = schema;
  const members = Object.entries(example).map(([name, value]): [string, string] => [
    name,
    JSON.stringify(value),
  ]);
  const others = (field: string) => members.filter(([name]) => name !== field);
  const sent = (text: string) => (isInArray ? `[${text}]` : text);
  const at = (path: string) => (isInArray ? `0.${path}` : path);
  const withMember = (what: string, field: string, text: string, path = field): HostileBody => ({
    what: `${what}: ${path}`,
    text: sent(objectText([...others(field), [field, text]])),
    path: at(path),
  });
  const has = (field: string) => Object.hasOwn(properties, field);

  return [
    ...(operation.isBodyRequired ? [{ what: 'nothing', text: '' }] : []),
    { what: 'half of it', text: sent(objectText(members)).slice(0, -1) },
    ...['null', '17', '"text"', 'true', '[[]]', '[null]'].map((text) => ({ what: 'no object', text })),
    ...Object.entries(properties).flatMap(([name, schema]) =>
      wrongTypes(schema).map((value) => withMember('wrong type', name, JSON.stringify(value))),
    ),
    {
      what: '10 MB',
      text: sent(objectText([...members, ['x', `"${'x'.repeat(10 * 1024 * 1024 - 1000)}"`]])),
    },
    { what: '10,000 levels', text: deep(10_000) },
    ...Object.keys({ ...properties, unknown: {} }).map((name) =>
      withMember('10,000 levels', name, deep(10_000)),
    ),
    ...members.map(([name, text]) => ({
      what: `twice: ${name}`,
      text: sent(objectText([...members, [name, text]])),
      path: at(name),
    })),
    ...Object.entries(properties)
      .filter(([, { type }]) => type === 'object')
      .flatMap(([name]) => [
        withMember('twice', name, '{"a":{"b":"c","b":"d"}}', `${name}.a.b`),
        withMember('forbidden name', name, '{"__proto__":"x"}', `${name}.__proto__`),
      ]),
    withMember('forbidden name', '__proto__', '{"admin":true}'),
    ...(additionalProperties === false
      ? ['constructor', 'prototype', 'toString', 'hasOwnProperty'].map((name) => ({
          ...withMember('unknown field', name, '{"prototype":{"admin":true}}'),
          path: at('').replace(/\.$/, ''),
        }))
      : []),
    ...['headers', 'metadata']
      .filter(has)
      .map((name) => withMember('forbidden name', name, '{"constructor":"x"}', `${name}.constructor`)),
    ...Object.entries(properties).flatMap(([name, schema]) =>
      textSpots(schema, name).flatMap(({ path, value }) =>
        UNSTORABLE.map((text) => ({
          ...withMember(JSON.stringify(text), name, JSON.stringify(value(text))),
          path: at(path(text)),
        })),
      ),
    ),
    ...(has('headers')
      ? [
          ...UNSENDABLE.map((value) =>
            withMember('header', 'headers', JSON.stringify({ a: value }), 'headers.a'),
          ),
          ...UNSENDABLE_NAMES.map((name) =>
            withMember('header', 'headers', JSON.stringify({ [name]: 'x' }), `headers.${name}`),
          ),
        ]
      : []),
    ...(has('events')
      ? [
          withMember(
            '300 event types',
            'events',
            JSON.stringify(Array.from({ length: 300 }, (_, n) => `type.n${n}`)),
          ),
        ]
      : []),
    ...['url', 'hookUrl']
      .filter(has)
      .map((name) => withMember('10 KB', name, JSON.stringify(`https://example.com/${'x'.repeat(10_240)}`))),
  ];
}
