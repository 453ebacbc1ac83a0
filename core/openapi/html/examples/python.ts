import type { ExampleRequest } from './example-request.ts';

/** Write a request as a script for Python 3.6 and newer, without dependencies. */
export function pythonExample({ method, base, target, needsKey, body }: ExampleRequest): string {
  const url =
    base === undefined ? `os.environ["API"] + ${JSON.stringify(target)}` : JSON.stringify(base + target);
  const headers = [
    ...(needsKey ? ['"authorization": "Bearer " + os.environ["KEY"]'] : []),
    ...(body ? [`"content-type": ${JSON.stringify(body.type)}`] : []),
  ];
  const modules = [
    ...(body ? ['json'] : []),
    ...(needsKey || base === undefined ? ['os'] : []),
    'urllib.request',
  ];
  const args = [
    url,
    ...(method === 'GET' ? [] : [`method=${JSON.stringify(method)}`]),
    ...(headers.length > 0
      ? [`headers={${headers.map((header) => `\n        ${header},`).join('')}\n    }`]
      : []),
    ...(body ? [`data=json.dumps(${literal(body.value, 1)}).encode()`] : []),
  ];
  return `import ${modules.join(', ')}

request = urllib.request.Request(
${args.map((arg) => `    ${arg},\n`).join('')})
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`;
}

/** Write JSON as a literal of Python. @param depth how far the line that it begins on is indented */
function literal(value: unknown, depth: number): string {
  const inner = `\n${'    '.repeat(depth + 1)}`;
  const outer = `\n${'    '.repeat(depth)}`;
  const enclosed = (parts: readonly string[], [open, close]: readonly [string, string]) =>
    parts.length === 0
      ? open + close
      : `${open}${parts.map((part) => `${inner}${part},`).join('')}${outer}${close}`;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value))
    return enclosed(
      value.map((item) => literal(item, depth + 1)),
      ['[', ']'],
    );
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${literal(item, depth + 1)}`,
  );
  return enclosed(members, ['{', '}']);
}
