import { NewSubscription as schema } from 'virtual:contract-schemas';
import type { NewSubscription, SubscriptionPatch } from '../../api/types.ts';

/** The settings of the form. */
export type Draft = Required<NewSubscription>;
export type SettingName = keyof Draft;
/** Chosen settings. Others, undefined ones too, have their defaults. */
export type Choices = { readonly [Name in SettingName]?: Draft[Name] | undefined };

const SETTINGS = Object.entries(schema.properties) as [SettingName, { readonly default?: unknown }][];
export const METHODS = schema.properties.method.enum;
export const FORMATS = schema.properties.format['x-choices'];
export const SIGNATURES = schema.properties.signature.enum;

/** The form's values where the contract has null or no default. */
const EMPTY: Partial<Draft> = {
  url: '',
  events: [],
  name: '',
  condition: '',
  fields: [],
  template: '',
  secret: '',
  retry: 'standard',
  rateLimit: null,
  maxInFlight: null,
};

/** Complete the choices as the API does, with the defaults of the format or else those of the contract. */
export function draftOf(choices: Choices): Draft {
  const { defaults } = FORMATS[choices.format ?? ''] ?? {};
  return Object.fromEntries(
    SETTINGS.map(([name, setting]) => [
      name,
      choices[name] ?? defaults?.[name] ?? setting.default ?? EMPTY[name],
    ]),
  ) as Draft;
}

/** Convert a draft to the settings that the API expects. */
export function settingsOf({ secret, ...draft }: Draft): NewSubscription {
  const { name, condition, fields, template } = draft;
  return {
    ...draft,
    name: name || null,
    condition: condition || null,
    fields: fields && fields.length > 0 ? fields : null,
    template: template || null,
    ...(secret !== '' && { secret }),
  };
}

/** Return the settings that differ between two drafts. */
export function patchOf(before: Draft, after: Draft): SubscriptionPatch {
  const former = settingsOf(before);
  const { secret: _, ...settings } = settingsOf(after);
  const changed = Object.entries(settings).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(former[key as SettingName]),
  );
  return Object.fromEntries(changed);
}
