import { regional } from '../format/time.ts';
import type { Language } from '../i18n/messages.ts';

const DAY_MS = 86_400_000;

/** Format a time on an axis: as time of day, or as day if the axis spans more than two days. */
export function timeTick(at: Date, spanMs: number, language: Language): string {
  const options: Intl.DateTimeFormatOptions =
    spanMs > 2 * DAY_MS ? { weekday: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(regional(language), options).format(at);
}
