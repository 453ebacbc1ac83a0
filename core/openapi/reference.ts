import * as z from 'zod';
import { views } from './components.ts';
import { chapter, jsonResponse } from './operation.ts';

const document = views.add(
  'OpenApiDocument',
  z.looseObject({
    openapi: z.string(),
    info: z.looseObject({ version: z.string() }),
    paths: z.looseObject({}),
  }),
);
const UNCHANGED = { description: 'Unchanged since the version that `If-None-Match` names.' };

/** The routes of the document itself. */
export const reference = chapter('Reference', {
  getOpenApiDocument: {
    summary: 'This document',
    responses: { 200: jsonResponse('OpenAPI 3.1.', document), 304: UNCHANGED },
  },
  getOpenApi30Document: {
    summary: 'Get this document in OpenAPI 3.0.3',
    description:
      'For generators that do not read 3.1. It lacks the rules between fields, and fields of several types are of any type.',
    responses: { 200: jsonResponse('OpenAPI 3.0.3.', document), 304: UNCHANGED },
  },
  getReference: {
    summary: 'The reference as a page',
    responses: { 200: { description: 'HTML.', content: { 'text/html': null } }, 304: UNCHANGED },
  },
});
