declare module 'virtual:contract-schemas' {
  import type { Schema } from '@cfworker/json-schema';

  type Settings = Required<import('./api/types.ts').NewSubscription>;
  type Enum<Name extends keyof Settings> = { enum: readonly Settings[Name][] };
  interface Format {
    /** Those of the settings that only some formats read. */
    settings: readonly string[];
    requires: keyof Settings | null;
    defaults: Partial<Settings>;
  }
  type Formats = { 'x-choices': Readonly<Record<string, Format>> };
  export const NewSubscription: Schema & {
    properties: { method: Enum<'method'>; signature: Enum<'signature'>; format: Formats };
  };
}

declare module 'virtual:event-type-name' {
  export const eventTypeName: { readonly maxLength: number; readonly pattern: string };
}
