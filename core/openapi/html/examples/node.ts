import type { ExampleRequest } from './example-request.ts';

/** Write a request as an ES module for Node, without dependencies. */
export function nodeExample({ method, base, target, needsKey, body }: ExampleRequest): string {
  const url =
    base === undefined ? `process.env.API + ${JSON.stringify(target)}` : JSON.stringify(base + target);
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the example has the template literal.
    ...(needsKey ? ['authorization: `Bearer ${process.env.KEY}`'] : []),
    ...(body ? [`"content-type": ${JSON.stringify(body.type)}`] : []),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: ${JSON.stringify(method)}`]),
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} }`] : []),
    ...(body ? [`body: JSON.stringify(${indented(JSON.stringify(body.value, null, 2))})`] : []),
  ];
  const init = options.length > 0 ? `, {\n${options.map((option) => `  ${option},\n`).join('')}}` : '';
  return `const response = await fetch(${url}${init});
console.log(response.status, await response.text());`;
}

const indented = (text: string) => text.replaceAll('\n', '\n  ');
