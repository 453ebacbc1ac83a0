import type { Attempt } from '../model/attempt.ts';
import { maskSignatures } from '../model/header-mask.ts';

/** One digit of base64 or base64url, raw or as JSON, URLs and HTML escape it. */
const DIGIT = String.raw`(?:[\w+/-]|\\/|%2[BF]|\\u002[BF]|&#(?:x2[BF]|4[37]);)`;
const COMMA = String.raw`(?:,|%2C|\\u002C|&#(?:x2C|44);)`;
const PADDING = String.raw`(?:=|%3D|\\u003D|&#(?:x3D|61);)`;
/** A signature of Standard Webhooks, even one that was cut, or the base64 of 32 bytes such as Frappe's signature. */
const SIGNATURE = new RegExp(`v1${COMMA}${DIGIT}+${PADDING}?|${DIGIT}{43}${PADDING}`, 'gi');

const hidden = (text: string) => text.replaceAll(SIGNATURE, '***');

/**
 * Return an attempt as a key may see it. Below `manage` it has no signature, neither in the request nor where the receiver
 * echoed it: whoever has both body and signature can send the request again in the project's name.
 */
export function visibleAttempt(attempt: Attempt, mayManage: boolean): Attempt {
  if (mayManage) return attempt;
  const { request, response } = attempt;
  return {
    ...attempt,
    request: { ...request, headers: maskSignatures(request.headers) },
    response: response && {
      ...response,
      headers: Object.fromEntries(
        Object.entries(maskSignatures(response.headers)).map(([name, value]) => [name, hidden(value)]),
      ),
      body: hidden(response.body),
    },
  };
}
