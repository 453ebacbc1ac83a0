import type { Attempt } from '../model/attempt.ts';
import { maskHeaders, maskResponseHeaders, maskSignatures } from '../model/header-mask.ts';
import { redactor } from '../model/secret-echo.ts';
import { hiddenInUrl, maskUrl } from '../model/url-mask.ts';

/** One digit of base64 or base64url, raw or as JSON, URLs and HTML escape it. */
const DIGIT = String.raw`(?:[\w+/-]|\\/|%2[BF]|\\u002[BF]|&#(?:x2[BF]|4[37]);)`;
const COMMA = String.raw`(?:,|%2C|\\u002C|&#(?:x2C|44);)`;
const PADDING = String.raw`(?:=|%3D|\\u003D|&#(?:x3D|61);)`;
const EQUALS = PADDING;
/**
 * A signature of Standard Webhooks, Stripe or GitHub, even one that was cut, and 32 bytes alone, as base64 (Frappe's signature)
 * or as hex.
 */
const SIGNATURE = new RegExp(
  `v1${COMMA}${DIGIT}+${PADDING}?|(?:v1|sha256)${EQUALS}[\\da-f]+|${DIGIT}{43}${PADDING}|(?<![\\da-f])[\\da-f]{64}(?![\\da-f])`,
  'gi',
);

const hidden = (text: string) => text.replaceAll(SIGNATURE, '***');

/** The separators of a URL's parts. A receiver may echo only one of them, such as the value of a parameter. */
const SEPARATORS = /[/\\?&=#@:;]/;

/**
 * Return an attempt as a key may see it. Below `manage` it has no signature, neither in the request nor where the receiver
 * echoed it: whoever has both body and signature can send the request again in the project's name. It has no credentials of
 * the URL either. Headers are masked for all keys: version 0.1 recorded them.
 */
export function visibleAttempt(attempt: Attempt, mayManage: boolean): Attempt {
  const request = { ...attempt.request, headers: maskHeaders(attempt.request.headers) };
  const response = attempt.response && {
    ...attempt.response,
    headers: maskResponseHeaders(attempt.response.headers),
  };
  if (mayManage) return { ...attempt, request, response };
  const inUrl = hiddenInUrl(request.url).flatMap((part) => [part, ...part.split(SEPARATORS)]);
  const redact = redactor(inUrl.map((part) => part.replace(/…$/, '')));
  return {
    ...attempt,
    request: { ...request, url: maskUrl(request.url), headers: maskSignatures(request.headers) },
    ...(attempt.redirects !== undefined && {
      redirects: attempt.redirects.map((redirect) => ({
        ...redirect,
        location: redact(hidden(maskUrl(redirect.location))),
      })),
    }),
    response: response && {
      ...response,
      headers: Object.fromEntries(
        Object.entries(maskSignatures(response.headers)).map(([name, value]) => [
          name,
          redact(hidden(name === 'location' ? maskUrl(value) : value)),
        ]),
      ),
      body: redact(hidden(response.body)),
    },
  };
}
