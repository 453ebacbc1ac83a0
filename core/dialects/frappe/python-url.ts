import type { Webhook } from './webhook.ts';

/** The authority's user information up to its last `@`, unless a template renders it. */
const WITH_USER = /^(https?:\/\/)([^/?#\s{]*)@(.*)$/is;

/**
 * Make of a URL what Python's `requests` makes of it: white space around it is dropped, and `user:password@` becomes the header
 * `Authorization: Basic …`, in place of one that is given. The password is then kept like the values of all headers, masked and
 * encrypted. A user without a password is dropped. What `requests` cannot encode stays in the URL, which the settings' own check
 * refuses.
 */
export function asPythonRequests(webhook: Webhook): Webhook {
  const request_url = webhook.request_url?.trim() || null;
  const [, scheme, user, rest] = WITH_USER.exec(request_url ?? '') ?? [];
  if (scheme === undefined || user === undefined) return { ...webhook, request_url };
  const without = { ...webhook, request_url: `${scheme}${rest}` };
  if (!user.includes(':')) return without;
  const value = basic(user);
  if (value === null) return { ...webhook, request_url };
  const others = webhook.webhook_headers.filter(({ key }) => key?.toLowerCase() !== 'authorization');
  return { ...without, webhook_headers: [...others, { key: 'Authorization', value }] };
}

const LATIN_1 = /^[\0-\xff]*$/;

/** @param user `user:password`, percent-encoded */
function basic(user: string): string | null {
  const colon = user.indexOf(':');
  try {
    const pair = [user.slice(0, colon), user.slice(colon + 1)].map(decodeURIComponent).join(':');
    return LATIN_1.test(pair) ? `Basic ${Buffer.from(pair, 'latin1').toString('base64')}` : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
