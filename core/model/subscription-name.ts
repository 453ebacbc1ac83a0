import type { Subscription } from './subscription.ts';
import { hostIn } from './url-mask.ts';

type Named = Pick<Subscription, 'id' | 'name' | 'url'>;

/**
 * Return whether a text is a part of a subscription's name or of its URL's host, whatever its case, or its id. The rest of the URL does
 * not count: it may be a credential, which keys that may only read would find out letter by letter.
 */
export const isNamed = ({ id, name, url }: Named, text: string): boolean =>
  id === text || [name ?? '', hostIn(url)].some((part) => folded(part).includes(folded(text)));

const folded = (text: string): string => text.normalize('NFC').toLowerCase();
