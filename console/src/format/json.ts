/**
 * JSON whose numbers stay as they were written: `JSON.parse` alone makes 1.10 of 1.1 and cuts what has more than 16
 * digits. Browsers that know no `JSON.rawJSON` show numbers as JavaScript has them.
 */
interface ExactJson {
  rawJSON?(source: string): unknown;
}

const { rawJSON } = JSON as unknown as ExactJson;

/** A value that `JSON.stringify` writes with the numbers of the text. @throws SyntaxError */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && rawJSON ? rawJSON(context.source) : value,
  );
}

/** The text, indented; undefined where it is no JSON. */
export function indented(text: string): string | undefined {
  try {
    return JSON.stringify(parseExactly(text), null, 2);
  } catch {
    // Not every body is JSON, and one that was cut off is none any more.
    return undefined;
  }
}

/** Whether a text is a JSON object, as an event's data must be. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    // No JSON is no object.
    return false;
  }
}

type JsonTokenKind = 'key' | 'string' | 'number' | 'word' | 'plain';

interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly text: string;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

/** What to colour how. */
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
