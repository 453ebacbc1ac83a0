export { Ancrage, type AncrageProps } from './ancrage.ts';
export { AncrageStack, type AncrageStackProps } from './ancrage-stack.ts';
export { SettingsError } from './config.ts';
export type { AncrageSettings, DomainSettings, Lane, OpenTelemetrySettings } from './settings.ts';
export { WebAclStack, type WebAclStackProps } from './web-acl-stack.ts';
