import { type OpenApiDocument, type ResponseObject, responseOf } from '../document.ts';
import { curlExample } from './examples/curl.ts';
import { exampleRequest } from './examples/example-request.ts';
import { nodeExample } from './examples/node.ts';
import { pythonExample } from './examples/python.ts';
import { jsonView } from './json-view.ts';
import { type Html, html } from './markup.ts';
import type { PlacedOperation } from './placed-operations.ts';

const LANGUAGES = [
  ['curl', curlExample],
  ['Node', nodeExample],
  ['Python', pythonExample],
] as const;

/** Render an operation's request in each language, and its response. The script switches languages; without it, only the first one shows. */
export function examplesView(placed: PlacedOperation, document: OpenApiDocument): Html {
  const { summary, responses } = placed.operation;
  const request = exampleRequest(placed, document);
  const [status, response] =
    Object.entries(responses)
      .map(([status, response]) => [status, responseOf(document, response)] as const)
      .find(([, { content }]) => exampleOf(content)) ?? [];
  return html`<h4>Request</h4>${LANGUAGES.map(
    ([language, write], index) =>
      html`<pre tabindex="0" aria-label="${summary}: ${language}" data-language="${language}"${index > 0 && html` hidden`}><code>${write(request)}</code></pre>`,
  )}${response && html`<h4>Response ${status}</h4>${jsonView(exampleOf(response.content))}`}`;
}

const exampleOf = (content: ResponseObject['content']) =>
  Object.values(content ?? {}).find(({ example }) => example !== undefined)?.example;
