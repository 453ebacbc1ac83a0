import { NewSubscription } from 'virtual:contract-schemas';
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { Fault } from '../../api/api-error.ts';
import { type Choices, type Draft, FORMATS, type SettingName, settingsOf } from './draft.ts';

/** A violation of the contract's schema: the keyword, and the bound that the schema sets. */
export interface SchemaFault {
  readonly path: string;
  readonly keyword: string;
  readonly bound: string | number;
}

const validator = new Validator(NewSubscription, '2020-12', false);
/** Keywords that only report the violations of others. */
const COMBINING = new Set(['properties', 'items', 'anyOf', 'additionalProperties', 'propertyNames']);

/** Validate settings with the contract's schema. Return the innermost fault of each setting. */
export function schemaFaults(draft: Draft): SchemaFault[] {
  const { errors } = validator.validate(settingsOf(draft));
  const bySetting = new Map<string, OutputUnit>();
  for (const error of errors.filter(({ keyword }) => !COMBINING.has(keyword))) {
    const setting = pathOf(error.instanceLocation).split('.')[0] ?? '';
    const known = bySetting.get(setting);
    if (known === undefined || isInner(error, known)) bySetting.set(setting, error);
  }
  return [...bySetting.values()].map(({ instanceLocation, keyword, keywordLocation }) => ({
    path: pathOf(instanceLocation),
    keyword,
    bound: boundAt(keywordLocation),
  }));
}

/** Return a fault if the format requires a setting that is missing. */
export function formatFaults(draft: Draft): SchemaFault[] {
  const path = FORMATS[draft.format]?.requires;
  return path && settingsOf(draft)[path] === null ? [{ path, keyword: 'required', bound: '' }] : [];
}

/** What the value of a header reads as, and what keeps it when it is sent back. */
const MASK = '***';

/** Return a fault if another URL would get stored values of headers, which its owner could read. */
export function headerFaults(before: Choices, { url, dynamicUrl, headers }: Draft): SchemaFault[] {
  const isElsewhere = url !== before.url || dynamicUrl !== before.dynamicUrl;
  if (before.url === undefined || !isElsewhere) return [];
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = Object.entries(before.headers ?? {})
    .filter(([name, value]) => value === MASK && (given.get(name.toLowerCase()) ?? MASK) === MASK)
    .map(([name]) => name);
  return kept.length > 0 ? [{ path: 'headers', keyword: 'again', bound: kept.join(', ') }] : [];
}

/** Of two alternatives, the user most likely meant the one whose fault lies deeper. */
function isInner(error: OutputUnit, known: OutputUnit): boolean {
  return error.instanceLocation.length > known.instanceLocation.length || known.keyword === 'type';
}

function pathOf(location: string): string {
  return location.replace(/^#\/?/, '').replaceAll('/', '.');
}

function boundAt(location: string): string | number {
  const found = location
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (schema, key) => (schema as Record<string, unknown> | undefined)?.[key],
      NewSubscription as Schema,
    );
  return typeof found === 'number' || typeof found === 'string' ? found : '';
}

/** Convert the API's faults to the setting names of the form. */
export function settingFaults(faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({ path: path.replace(/^subscription\.?/, ''), message }));
}

export function isAbout(path: string, name: SettingName): boolean {
  return path === name || path.startsWith(`${name}.`);
}
