import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import {
  describeWith,
  goProgram,
  javaClassPath,
  type Program,
  pythonWith,
  run,
} from '../support/tool-chains.ts';

/**
 * The CloudEvents SDKs for Python, Go and Java on both sides. A program of each language has two commands:
 *
 * - `publish <url> <key> <file>` builds the events of the file with the SDK and posts them, each in its mode.
 * - `read <file>` has the SDK read the requests of the file, and prints what it understood: attributes, and data in base64.
 */

/** An event as the programs read it. */
interface Sample {
  readonly mode: 'binary' | 'structured';
  readonly attributes: Attributes;
  readonly kind: 'json' | 'text' | 'bytes' | 'none';
  /** JSON, text, or bytes in base64. */
  readonly data: string;
}

interface Understood {
  readonly attributes: Attributes;
  /** In base64. */
  readonly data: string | null;
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

interface Sdk {
  readonly language: string;
  readonly programs: readonly Program[];
  /** Return the program with its first arguments. */
  readonly build: () => Promise<readonly string[]>;
  /** A second content type of JSON. @default application/vnd.shop.v2+json */
  readonly jsonType?: string;
  /** Return a time as the SDK keeps it. @default as it is */
  readonly timeOf?: (time: string) => string;
}

const SOURCES = 'test/judges/cloudevents';

const SDKS: readonly Sdk[] = [
  {
    language: 'Python',
    programs: ['python3'],
    async build() {
      const programs = await pythonWith(`${SOURCES}/python/requirements.txt`);
      return [join(programs, 'python'), `${SOURCES}/python/judge.py`];
    },
    // Python's `datetime` ends at microseconds.
    timeOf: (time) => time.replace(/(\.\d{6})\d*/, '$1'),
  },
  {
    language: 'Go',
    programs: ['go'],
    build: async () => [await goProgram(`${SOURCES}/go`)],
    // The SDK takes no `+json` type for JSON: it writes such data as a string, and reads nothing else.
    jsonType: 'text/json',
  },
  {
    language: 'Java',
    programs: ['mvn'],
    async build() {
      const classPath = await javaClassPath(`${SOURCES}/java`, ['src/main/java/Judge.java']);
      return ['java', '-cp', classPath, 'Judge'];
    },
    // The SDK takes a type for JSON if only letters stand before `+json`.
    jsonType: 'application/shop+json',
  },
];

const ATTRIBUTES = {
  ...{ source: 'https://shop.example/a%20b?x#y', subject: 'é, "quoted" 😀' },
  ...{ time: '2026-01-02T03:04:05.123456789Z', dataschema: 'https://shop.example/schema' },
  ...{ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', sequence: '007' },
};
/** Structured mode keeps the types of these attributes. */
const TYPED_EXTENSIONS = { round: 3, urgent: true };

const kindsOf = (
  jsonType: string,
): readonly (Pick<Sample, 'kind' | 'data'> & { readonly type?: string })[] => [
  { kind: 'json', type: 'application/json', data: '{"n":1.5,"deep":[{},null,"é"]}' },
  { kind: 'json', type: jsonType, data: '{"n":1}' },
  { kind: 'json', type: 'application/json; charset=utf-8', data: '{"n":1}' },
  { kind: 'json', type: 'application/json', data: '[1,"a",{"b":[]}]' },
  { kind: 'json', type: 'application/json', data: '7' },
  { kind: 'json', type: 'application/json', data: '"text"' },
  { kind: 'json', type: 'application/json', data: 'true' },
  { kind: 'text', type: 'text/plain', data: 'héllo\n"you"' },
  { kind: 'text', type: 'application/xml', data: '<a>é</a>' },
  {
    kind: 'bytes',
    type: 'application/octet-stream',
    data: Buffer.from([0, 255, 128, 10]).toString('base64'),
  },
  { kind: 'none', data: '' },
];

const samplesOf = (name: string, jsonType: string): Sample[] =>
  (['structured', 'binary'] as const).flatMap((mode) =>
    kindsOf(jsonType).map(({ type, ...sample }, index) => ({
      mode,
      ...sample,
      attributes: {
        ...{ ...ATTRIBUTES, id: `${name}-${mode}-${index}`, type: `judge.${name}` },
        ...(mode === 'structured' && TYPED_EXTENSIONS),
        ...(type !== undefined && { datacontenttype: type }),
      },
    })),
  );

for (const { language, programs, build, jsonType, timeOf } of SDKS)
  describeWith(programs, `the CloudEvents SDK for ${language}`, () => {
    const stack = useStack();
    const receiver = useReceiver();
    const name = language.toLowerCase();
    const samples = samplesOf(name, jsonType ?? 'application/vnd.shop.v2+json');
    let program: readonly string[];
    beforeAll(async () => {
      program = await build();
    });

    /** Run the program with a file as its last argument. */
    async function judge(args: readonly string[], content: unknown): Promise<string> {
      const folder = mkdtempSync(join(tmpdir(), 'ancrage-judge-'));
      const file = join(folder, 'input.json');
      writeFileSync(file, JSON.stringify(content));
      const [command = '', ...first] = program;
      try {
        return await run(command, [...first, ...args, file]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    it('publishes every kind of data in both modes, and reads what is delivered as it was published', async () => {
      await stack().subscribe({
        ...{ url: receiver.url(), events: [`judge.${name}`], format: 'cloudevents' },
      });
      const { apiUrl, adminKey, project } = stack().outputs;
      await judge(['publish', `${apiUrl}/v1/projects/${project}/events`, adminKey], samples);
      const requests = await receiver.waitFor(samples.length);
      const understood: Understood[] = JSON.parse(await judge(['read'], requests));
      const byId = new Map(understood.map((event) => [event.attributes.id, event]));
      for (const { attributes, kind, data } of samples) {
        const got = byId.get(attributes.id);
        expect(inUtc(got?.attributes)).toEqual({
          ...{ ...attributes, specversion: '1.0', time: timeOf?.(ATTRIBUTES.time) ?? ATTRIBUTES.time },
        });
        expect(decoded(kind, got?.data ?? '')).toEqual(kind === 'json' ? JSON.parse(data) : data);
      }
    });
  });

/** The SDK for Python writes UTC as an offset. */
const inUtc = ({ time, ...attributes }: Attributes = {}): Attributes => ({
  ...attributes,
  time: String(time).replace('+00:00', 'Z'),
});

/** Return data in base64 as a sample has it, JSON by its value. */
function decoded(kind: Sample['kind'], base64: string): unknown {
  if (kind === 'bytes') return base64;
  const text = Buffer.from(base64, 'base64').toString();
  return kind === 'json' ? JSON.parse(text) : text;
}
