import * as z from 'zod';
import { views } from './components.ts';
import { jsonAnswer, type Operations } from './operation.ts';

const document = views.add(
  'OpenApiDocument',
  z.looseObject({
    openapi: z.string(),
    info: z.looseObject({ version: z.string() }),
    paths: z.looseObject({}),
  }),
);
const UNCHANGED = { description: 'It is what the `If-None-Match` header names.' };

/** The document's own routes. */
export const reference = {
  getOpenApiDocument: {
    tag: 'Reference',
    summary: 'This document',
    answers: { 200: jsonAnswer('OpenAPI 3.1.', document), 304: UNCHANGED },
  },
  getReference: {
    tag: 'Reference',
    summary: 'The same as a page to read',
    answers: { 200: { description: 'HTML.', content: { 'text/html': null } }, 304: UNCHANGED },
  },
} satisfies Operations;
