/**
 * Keeps number literals as published: plain `JSON.parse` turns 1.10 into 1.1 and loses digits beyond the 16th.
 * Browsers without `JSON.rawJSON` show numbers as JavaScript prints them.
 */
interface ExactJson {
  rawJSON?(source: string): unknown;
}

const { rawJSON } = JSON as unknown as ExactJson;

/** Parse JSON so that `JSON.stringify` restores the original number literals. @throws SyntaxError */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && rawJSON ? rawJSON(context.source) : value,
  );
}

/** Indent a JSON text; undefined if it is not JSON. */
export function indented(text: string): string | undefined {
  try {
    return JSON.stringify(parseExactly(text), null, 2);
  } catch {
    // Not every body is JSON, and a truncated one no longer is.
    return undefined;
  }
}

/** Return whether a text is a JSON object, as event data must be. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

type JsonTokenKind = 'key' | 'string' | 'number' | 'word' | 'plain';

interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly text: string;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

/** Split a JSON text into tokens for colouring. */
export function tokensOf(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [, string, colon, number] = match;
    const text = string ?? match[0];
    if (match.index > end) tokens.push({ kind: 'plain', text: json.slice(end, match.index) });
    tokens.push({ kind: kindOf(string, colon, number), text });
    end = match.index + text.length;
  }
  if (end < json.length) tokens.push({ kind: 'plain', text: json.slice(end) });
  return tokens;
}

function kindOf(
  string: string | undefined,
  colon: string | undefined,
  number: string | undefined,
): JsonTokenKind {
  if (string !== undefined) return colon === undefined ? 'string' : 'key';
  return number === undefined ? 'word' : 'number';
}
