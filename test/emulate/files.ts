import { globSync, readFileSync } from 'node:fs';

/** Run on every stack without IAM; with IAM, only the first. */
export const FILES: readonly string[] = ['test/e2e/main-flow.test.ts', 'test/e2e/paths.test.ts'];

/** These files use the shared stack, but cannot run here. */
export const LOCAL_ONLY: Readonly<Record<string, string>> = {
  'test/e2e/console.test.ts': 'it reads the console’s files where the local stack serves them',
  'test/e2e/hostile-bodies.long.test.ts': 'a part of it starts a stack of its own',
  'test/e2e/reference-examples.test.ts':
    'the page names the host at which it was read, which no program finds in DNS',
};

const INSIDE = 'it changes or restarts functions, which only a local stack lets it do';
const SENDER =
  'the emulator’s SenderId is the account, so that fan-out takes a publisher for a function of its own';
const CORES = 'all its functions run at once on this machine’s cores, and may exceed their timeouts';
const DECODED = 'the emulator routes by the path before it is decoded, where AWS routes by the decoded one';

/** These tests look inside the local stack, or the emulator is not like AWS in what they test. By names, such as `suite > test`, or parts of them. */
export const NOT_HERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'test/e2e/paths.test.ts': { '"a?b" is 404': DECODED, '"50%" is 400': DECODED },
  'test/e2e/retries.test.ts': {
    'waits in the table if SQS cannot delay it that long, and is retried from there': INSIDE,
  },
  'test/e2e/trials.test.ts': {
    'has a paused endpoint probed at once when the test request succeeds': INSIDE,
  },
  'test/security/08-operational-events.test.ts': {
    'an operational event > ': INSIDE,
  },
  'test/security/12-answers-of-the-api.test.ts': {
    'to a stranger without a header comes from the gateway': INSIDE,
  },
  'test/e2e/publish.test.ts': {
    'is refused if its bytes are not UTF-8, or compressed':
      'the emulator decodes a body of the type application/json, and replaces what is not UTF-8',
  },
  'test/e2e/erasure.test.ts': {
    'also erases what an attempt records that was under way': INSIDE,
    'of an actor covers all of its events, and no others': INSIDE,
    'of an actor looks again at what was stored meanwhile, while another one may run': INSIDE,
  },
  'test/e2e/frappe-versions.test.ts': {
    '16 retries for 27 hours, and logs a row for each delivery': INSIDE,
    '16 says Exhausted when no attempt follows': INSIDE,
  },
  'test/e2e/hirehop.test.ts': {
    'H5: sends the export key of the project, and the new one once the old one is forgotten': INSIDE,
  },
  'test/e2e/other-methods.test.ts': {
    'at which the gateway cuts the path > is not taken for the list: PUT': DECODED,
    'OPTIONS /': 'the emulator answers OPTIONS itself, where AWS asks the route $default',
  },
  'test/e2e/jobs.test.ts': { 'say when they ended, and no more whose data was erased': INSIDE },
  'test/e2e/large-events.test.ts': {
    'is dead-lettered with a reason if it cannot be accepted, and delivered after a redrive': SENDER,
  },
  'test/e2e/openapi.test.ts': {
    'is an OpenAPI document that names the URL of the request':
      'the tests call the API at another host than the emulator’s',
  },
};

/** These tests pass here at times: they send random requests, or need more of the machine than there may be. */
export const SOMETIMES: typeof NOT_HERE = {
  'test/e2e/hostile-templates.test.ts': { 'fail alone, each with its failure in its request log': CORES },
  'test/security/03-keys-beside-a-deletion.test.ts': {
    'is not refused because others create something at the same time': CORES,
  },
  'test/e2e/openapi-properties.long.test.ts': {
    'responds to anything as its document says: getDocument': DECODED,
    'responds to anything as its document says: updateDocument': DECODED,
    'responds to anything as its document says: deleteDocument': DECODED,
  },
};

/** These tests take minutes, and are left to `--all`. */
export const LONG: typeof NOT_HERE = {
  'test/e2e/paths.test.ts': {
    'is a 404 if it cannot be decoded': 'it sends a thousand requests: only with --all',
  },
};

/** Name the files that use a stack through its outputs, those of the lists included. @throws Error if a file of the lists is none of these any more */
export function filesOfAll(): readonly string[] {
  const all = globSync('test/{e2e,security}/*.test.ts')
    .filter((file) => /\buseStack\(/.test(readFileSync(file, 'utf8')))
    .toSorted();
  for (const file of [FILES, LOCAL_ONLY, NOT_HERE, SOMETIMES, LONG].flatMap(filesIn))
    if (!all.includes(file)) throw new Error(`${file} does not use the shared stack: see files.ts.`);
  return all;
}

const filesIn = (list: readonly string[] | Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(list) ? list : Object.keys(list);
