import type { ExampleRequest } from './example-request.ts';

/** Write a request as a command of the shell. */
export function curlExample({ method, base, target, needsKey, body }: ExampleRequest): string {
  // Without -X, curl sends a GET, or a POST if there is a body.
  const isUsual = method === (body ? 'POST' : 'GET');
  const url = base === undefined ? `"$API"'${quoted(target)}'` : `'${quoted(base + target)}'`;
  return [
    `curl ${isUsual ? '' : `-X ${method} `}${url}`,
    ...(needsKey ? ['-H "authorization: Bearer $KEY"'] : []),
    ...(body ? [`-H 'content-type: ${body.type}'`] : []),
    ...(body ? [`-d '${quoted(JSON.stringify(body.value, null, 2)).replaceAll('\n', '\n  ')}'`] : []),
  ].join(' \\\n  ');
}

/** Escape text between single quotes of the shell. */
const quoted = (text: string) => text.replaceAll("'", "'\\''");
