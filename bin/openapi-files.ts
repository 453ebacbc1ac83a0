import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { VERSION } from '../core/kernel/version.ts';
import { openApiDocument } from '../core/openapi/document.ts';
import { openApi30 } from '../core/openapi/openapi-30.ts';

/** Return the contents of the files in the repository that are generated from the OpenAPI document, keyed by path. */
export async function openApiFiles(): Promise<Record<string, string>> {
  const document = openApiDocument(VERSION);
  // Properties with a default are optional in a request.
  const types = await openapiTypescript(document as unknown as OpenAPI3, { defaultNonNullable: false });
  return {
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'docs/openapi-3.0.json': `${JSON.stringify(openApi30(document), null, 2)}\n`,
    'client/schema.d.ts': `/** Made by \`npm run openapi\`. */\n\n${astToString(types)}`,
  };
}
