import * as z from 'zod';
import { type Api, ApiRefusedError, callApi } from '../admin/api.ts';

const previewSchema = z.looseObject({
  conditionHolds: z.boolean().nullable(),
  request: z.looseObject({ body: z.string() }).nullable(),
  detail: z.string().optional(),
});

/** The result of previewing an imported webhook. */
export interface Previewed {
  /** Why it would not deliver the sample; empty if it would. */
  readonly remarks: readonly string[];
  /** The body of the request; null if no request can be made. */
  readonly body: string | null;
}

const FORBIDDEN = 403;

/** Preview a webhook on a sample, without sending anything. @param path of the preview; @param body with its settings and the sample */
export async function previewed(api: Api, path: string, body: object): Promise<Previewed> {
  const preview = await callApi(api, 'POST', path, body).catch((error: unknown) => {
    // The webhook is imported all the same.
    if (error instanceof ApiRefusedError && error.status !== FORBIDDEN) return error;
    throw error;
  });
  if (preview instanceof ApiRefusedError)
    return { remarks: [`cannot be previewed: ${preview.detail}`], body: null };
  const { conditionHolds, request, detail = '' } = previewSchema.parse(preview);
  return { remarks: remarksOn(conditionHolds, request !== null, detail), body: request?.body ?? null };
}

function remarksOn(conditionHolds: boolean | null, hasRequest: boolean, detail: string): string[] {
  if (conditionHolds === null) return [`its condition fails on a sample: ${detail}`];
  return [
    ...(conditionHolds ? [] : ['its condition does not hold for a sample']),
    ...(hasRequest ? [] : [`no request can be made from a sample: ${detail}`]),
  ];
}
