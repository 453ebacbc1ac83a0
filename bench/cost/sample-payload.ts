import type { JsonText } from '../../core/kernel/json-text.ts';

/**
 * Return JSON of the given size with pseudo-random hexadecimal digits, the same for every call. It compresses to somewhat more than
 * half.
 */
export function samplePayload(bytes: number): JsonText {
  const around = '{"text":""}'.length;
  let state = 1;
  const digit = () => {
    // The generator of Numerical Recipes, whose upper bits are random enough for this purpose.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 28).toString(16);
  };
  const text = Array.from({ length: Math.max(0, bytes - around) }, digit).join('');
  return `{"text":"${text}"}` as JsonText;
}
