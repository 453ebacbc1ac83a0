import { ValidationError } from '../../kernel/errors.ts';
import type { JsonText } from '../../kernel/json-text.ts';
import type { Json } from './keyword.ts';

const MAX_BYTES = 32 * 1024;
const MAX_LEVELS = 32;
/** The number of objects and arrays. */
const MAX_NODES = 2000;

/**
 * Reject a schema that would be expensive to compile. Return all keys in the document.
 *
 * @throws ValidationError
 */
export function refuseOversized(text: JsonText, document: Json, path: string): { keys: Set<string> } {
  const refuse = (message: string) => ValidationError.of([{ path, message }]);
  if (Buffer.byteLength(text) > MAX_BYTES) throw refuse(`has more than ${MAX_BYTES / 1024} KB`);
  const keys = new Set<string>();
  let nodes = 0;
  const visit = (json: Json, level: number): void => {
    if (typeof json !== 'object' || json === null) return;
    if (level > MAX_LEVELS) throw refuse(`has more than ${MAX_LEVELS} levels`);
    nodes++;
    if (nodes > MAX_NODES) throw refuse(`has more than ${MAX_NODES} objects and arrays`);
    for (const [key, member] of Object.entries(json)) {
      keys.add(key);
      visit(member, level + 1);
    }
  };
  visit(document, 1);
  return { keys };
}
