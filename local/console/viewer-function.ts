import { runInNewContext } from 'node:vm';
import { LocalStackError } from '../errors.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Template } from '../template.ts';

interface Association {
  readonly EventType: string;
  readonly FunctionARN: { readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string] };
}

interface Result {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: string;
}

/** Return the response that the distribution makes itself for a path, or the path of the file that it serves. */
export type ViewerFunction = (method: string, path: string) => HttpResponse | string;

/**
 * Return the CloudFront function that a behavior runs for each request, with the code that would be deployed.
 *
 * @throws LocalStackError if the behavior has none, or another one
 */
export function readViewerFunction(
  template: Template,
  associations: readonly Association[] = [],
): ViewerFunction {
  const [association, ...others] = associations;
  const id = association?.FunctionARN['Fn::GetAtt'][0] ?? '';
  const code = template.resources[id]?.Properties?.FunctionCode;
  if (association?.EventType !== 'viewer-request' || others.length > 0 || typeof code !== 'string')
    throw new LocalStackError(
      'The pages of the console need exactly one function for the requests of viewers',
    );
  const handler: (event: object) => Result = runInNewContext(`${code}\nhandler;`);
  return (method, uri) => {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
    const request = { method, uri, querystring: {}, headers: {}, cookies: {} };
    const { statusCode, headers = {}, body = '', uri: file = '' } = handler({ version: '1.0', request });
    if (statusCode === undefined) return file;
    const values = Object.entries(headers).map(([name, { value }]) => [name, value]);
    return { statusCode, headers: Object.fromEntries(values), body };
  };
}
