declare module 'virtual:contract-schemas' {
  import type { Schema } from '@cfworker/json-schema';
  export const NewSubscription: Schema;
  export const EventTypeSettings: Schema;
  export const NewEvent: Schema;
}
