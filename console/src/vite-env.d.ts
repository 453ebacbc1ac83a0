declare module 'virtual:contract-schemas' {
  import type { Schema } from '@cfworker/json-schema';
  export const NewSubscription: Schema & { properties: { format: { enum: string[] } } };
}
