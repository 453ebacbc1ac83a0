import * as z from 'zod';
import { NOT_STORABLE_TEXT, STORABLE_TEXT } from '../kernel/storable-text.ts';

const text = z.string({ error: 'is required' }).min(1, 'is required').max(200);

/** Weavy spells it `userName` or `username`, and its clients may send undocumented fields. */
export const credentialsSchema = z
  .looseObject({ projectCode: text, password: text, userName: text.optional(), username: text.optional() })
  .refine(({ userName, username }) => (userName ?? username) !== undefined, {
    path: ['userName'],
    message: 'is required',
  });

const required = z
  .string({ error: 'is required' })
  .min(1, 'is required')
  .regex(STORABLE_TEXT, NOT_STORABLE_TEXT);
export const subscribeSchema = z.looseObject({ event: required, hookUrl: required });
export const unsubscribeSchema = z.looseObject({ codeWebhookSubscription: required });
/** What subscribing returned. Platforms that keep all of it give it back like this. */
export const subscribedSchema = z.looseObject({ result: unsubscribeSchema });
export const performListSchema = z.looseObject({ event: required });
