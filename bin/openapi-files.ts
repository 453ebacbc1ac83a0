import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { VERSION } from '../core/kernel/version.ts';
import { openApiDocument } from '../core/openapi/document.ts';

/** What is made from the OpenAPI document and kept in the repository: texts by their paths. */
export async function openApiFiles(): Promise<Record<string, string>> {
  const document = openApiDocument(VERSION);
  // What has a default may be left out of a request.
  const types = await openapiTypescript(document as unknown as OpenAPI3, { defaultNonNullable: false });
  return {
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'client/schema.d.ts': `/** Made by \`npm run openapi\`. */\n\n${astToString(types)}`,
  };
}
