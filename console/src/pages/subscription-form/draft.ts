import type { Subscription } from '../../../../client/index.ts';
import type { NewSubscription, SubscriptionPatch } from '../../api/types.ts';

/** The settings of the form. */
export type Draft = Required<NewSubscription>;
export type SettingName = keyof Draft;

/** The defaults of the contract. */
export const EMPTY_DRAFT: Draft = {
  url: '',
  events: [],
  name: '',
  enabled: true,
  condition: '',
  method: 'POST',
  headers: {},
  format: 'standard',
  fields: [],
  fieldsEncoding: 'json',
  template: '',
  dynamicUrl: false,
  signature: 'standard',
  timeoutSeconds: 10,
  retry: 'standard',
  metadata: {},
  secret: '',
};

/** Convert a subscription to a draft: the form has empty texts and lists where the contract has null. */
export function draftOf(subscription: Subscription): Draft {
  const { name, condition, fields, template } = subscription;
  const settings = Object.fromEntries(
    Object.keys(EMPTY_DRAFT).map((key) => [key, subscription[key as keyof Subscription]]),
  );
  return {
    ...EMPTY_DRAFT,
    ...settings,
    secret: '',
    name: name ?? '',
    condition: condition ?? '',
    fields: fields ?? [],
    template: template ?? '',
  };
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
