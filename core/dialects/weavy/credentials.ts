import * as z from 'zod';

const text = z.string({ error: 'is required' }).min(1, 'is required').max(200);

/** Weavy writes `userName` or `username`, and its clients may send more than it documents. */
export const credentialsSchema = z
  .looseObject({ projectCode: text, password: text, userName: text.optional(), username: text.optional() })
  .refine(({ userName, username }) => (userName ?? username) !== undefined, {
    path: ['userName'],
    message: 'is required',
  });
