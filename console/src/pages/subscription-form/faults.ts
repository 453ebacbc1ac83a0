import { NewSubscription } from 'virtual:contract-schemas';
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { Fault } from '../../api/api-error.ts';
import { type Draft, type SettingName, settingsOf } from './draft.ts';

/** A fault by the contract's schema: what it breaks, and the bound that the schema sets. */
export interface SchemaFault {
  readonly path: string;
  readonly keyword: string;
  readonly bound: string | number;
}

const validator = new Validator(NewSubscription, '2020-12', false);
/** They only pass on what another keyword found. */
const COMBINING = new Set(['properties', 'items', 'anyOf', 'additionalProperties', 'propertyNames']);

/** What of the settings the contract's schema refuses: for each setting the innermost fault. */
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

/** Of two alternatives the one that fits further in is the one that was meant. */
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

/** Settings that the API refused, as they are named in the form. */
export function settingFaults(faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({ path: path.replace(/^subscription\.?/, ''), message }));
}

export function isAbout(path: string, name: SettingName): boolean {
  return path === name || path.startsWith(`${name}.`);
}
