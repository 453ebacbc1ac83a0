declare module 'virtual:contract-schemas' {
  import type { Schema } from '@cfworker/json-schema';

  type Settings = Required<import('./api/types.ts').NewSubscription>;
  type Defaults = { readonly [Name in keyof Settings]: { readonly default?: Settings[Name] } };
  type Enums = {
    readonly [Name in 'method' | 'format' | 'signature']: { readonly enum: readonly Settings[Name][] };
  };
  interface Format {
    /** Those of the settings that only some formats read. */
    readonly settings: readonly string[];
    readonly requires: keyof Settings | null;
    /** Defaults of a new subscription with this format that differ from those of the others. */
    readonly defaults: Partial<Settings>;
  }
  export const NewSubscription: Schema & {
    readonly properties: Defaults &
      Enums & { readonly format: { readonly 'x-choices': Readonly<Record<string, Format>> } };
  };
}
