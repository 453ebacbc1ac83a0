import { TooMuchWorkError, type ValidationBudget } from './run.ts';

const MAX_LEVELS = 500;
const STEPS_PER_VALUE = 5;
const CHARACTERS_PER_STEP = 8;

/**
 * Return a text that two JSON values share if and only if JSON Schema considers them equal: numbers by value, objects
 * regardless of the order of their members. Comparing texts keeps `enum` and `uniqueItems` linear.
 *
 * @throws TooMuchWorkError
 */
export function canonical(value: unknown, budget: ValidationBudget, level = 0): string {
  budget.spend(STEPS_PER_VALUE);
  if (level > MAX_LEVELS) throw new TooMuchWorkError('is nested too deeply for its schema');
  if (typeof value === 'string') {
    budget.spend(Math.ceil(value.length / CHARACTERS_PER_STEP));
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, budget, level + 1)).join()}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = members.map(
    ([key, member]) => `${canonical(key, budget)}:${canonical(member, budget, level + 1)}`,
  );
  return `{${texts.join()}}`;
}
