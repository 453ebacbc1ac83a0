import type { EventType } from '../../api/types.ts';
import { isJsonObject, parseExactly } from '../../format/json.ts';

/** An event type as the form edits it, with JSON as text. */
export interface TypeDraft {
  readonly type: string;
  readonly description: string;
  readonly samples: readonly string[];
  /** Empty if there is no schema. */
  readonly schema: string;
  readonly archived: boolean;
}

export const EMPTY_TYPE: TypeDraft = {
  type: '',
  description: '',
  samples: [],
  schema: '',
  archived: false,
};

/** @param eventType with exact number literals */
export function draftOf({ type, description, samples, schema, archived }: EventType): TypeDraft {
  return {
    type,
    description: description ?? '',
    samples: samples.map((sample) => JSON.stringify(sample, null, 2)),
    schema: schema === null ? '' : JSON.stringify(schema, null, 2),
    archived,
  };
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function isValid({ type, samples, schema }: TypeDraft): boolean {
  return type !== '' && samples.every(isJsonObject) && (schema.trim() === '' || isJson(schema));
}

/** Convert a draft to the settings that the API expects. */
export function settingsOf({ description, samples, schema, archived }: TypeDraft) {
  return {
    description: description || null,
    samples: samples.map(parseExactly) as Record<string, unknown>[],
    schema: schema.trim() === '' ? null : (parseExactly(schema) as Record<string, unknown>),
    archived,
  };
}
