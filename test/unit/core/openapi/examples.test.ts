import { execFileSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../../core/openapi/document.ts';
import { curlExample } from '../../../../core/openapi/html/examples/curl.ts';
import {
  type ExampleRequest,
  exampleRequest,
} from '../../../../core/openapi/html/examples/example-request.ts';
import { nodeExample } from '../../../../core/openapi/html/examples/node.ts';
import { pythonExample } from '../../../../core/openapi/html/examples/python.ts';
import { placedOperations } from '../../../../core/openapi/html/placed-operations.ts';
import { isThere } from '../../../support/tool-chains.ts';

const HOSTILE: ExampleRequest = {
  method: 'PUT',
  base: 'http://127.0.0.1:1',
  target: "/it's",
  needsKey: true,
  body: {
    type: 'application/json',
    value: { "it's": [true, false, null, '$HOME `x` \\ " \n ü😀', 1.5, {}, []] },
  },
};
const requests = ['/', 'http://127.0.0.1:1'].flatMap((url) => {
  const document = openApiDocument('1', url);
  return placedOperations(document).map((placed) => exampleRequest(placed, document));
});

/** Run what the shell makes of a command, with a curl that prints its arguments. */
const shell = (command: string) =>
  JSON.parse(
    execFileSync(
      '/bin/sh',
      ['-c', `curl() { "$NODE" -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }\n${command}`],
      { encoding: 'utf8', env: { NODE: process.execPath, KEY: 'secret', API: 'http://api' } },
    ),
  );

describe('the examples of the reference', () => {
  it('in curl are what the shell reads them as', () => {
    const args: string[] = shell(curlExample(HOSTILE));
    expect(args.slice(0, 7)).toEqual([
      ...['-X', 'PUT', "http://127.0.0.1:1/it's", '-H', 'authorization: Bearer secret'],
      ...['-H', 'content-type: application/json'],
    ]);
    expect(JSON.parse(args.at(-1) as string)).toEqual(HOSTILE.body?.value);
    expect(shell(curlExample({ ...HOSTILE, base: undefined }))[2]).toBe("http://api/it's");
  });

  it('in Node are modules', () => {
    for (const request of [...requests, HOSTILE])
      expect(
        () => transformSync(nodeExample(request), { format: 'esm' }),
        nodeExample(request),
      ).not.toThrow();
  });

  it.skipIf(!isThere('python3'))('in Python compile, and their bodies are those of the document', () => {
    const withBody = [...requests, HOSTILE].map((request) => ({
      code: pythonExample(request),
      body: request.body?.value ?? null,
    }));
    const program = `
import json, os, sys, urllib.request
from types import SimpleNamespace
os.environ.update(KEY="secret", API="http://127.0.0.1:1")
class Response(SimpleNamespace):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def read(self): return b""
sent = []
def send(request):
    sent.append(json.loads(request.data) if request.data else None)
    return Response(status=204)
urllib.request.urlopen = send
sys.stdout = sys.stderr
for example in json.load(sys.stdin):
    exec(compile(example["code"], "example", "exec"), {})
print(json.dumps(sent), file=sys.__stdout__)
`;
    const input = JSON.stringify(withBody);
    const sent = execFileSync('python3', ['-c', program], { input, encoding: 'utf8', stdio: 'pipe' });
    expect(JSON.parse(sent)).toEqual(withBody.map(({ body }) => body));
  });
});
