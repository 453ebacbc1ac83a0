import { roundFloat } from '../values/numbers.ts';

const UNITS = [
  ['year', 86_400 * 365],
  ['month', 86_400 * 30],
  ['week', 86_400 * 7],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** From this part of a unit on, a time is told in it. */
const THRESHOLD = 0.85;

/** Tell a time span as Babel does in English: `2 hours ago`, `in 5 seconds`. */
export function prettyDate(span: number): string {
  const seconds = Math.floor(span);
  for (const [unit, size] of UNITS) {
    const value = Math.abs(seconds) / size;
    if (value < THRESHOLD && unit !== 'second') continue;
    const count = roundFloat(unit === 'second' && value > 0 ? Math.max(1, value) : value, 0);
    const text = `${count} ${unit}${count === 1 ? '' : 's'}`;
    return seconds < 0 ? `${text} ago` : `in ${text}`;
  }
  return '';
}
