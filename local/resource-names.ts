import type { Resource, Template } from './template.ts';

/**
 * Derive a name from the path: `Ancrage-local/Events/DeadLetterQueue/Resource` →
 * `ancrage-local-events-dead-letter-queue`.
 */
export function physicalName(template: Template, logicalId: string): string {
  return `${kebabCase(template.stackName)}-${localName(template, logicalId)}`;
}

/** Return the name without the stack, such as `events-dead-letter-queue`, or `fan-out` for a function. */
export function localName(template: Template, logicalId: string): string {
  return pathOf(template.resources[logicalId], logicalId).map(kebabCase).join('-');
}

/** Construct ids that the CDK leaves out of names. */
const UNNAMED = new Set(['Resource', 'Default']);

function pathOf(resource: Resource | undefined, logicalId: string): string[] {
  const path = resource?.Metadata?.['aws:cdk:path'];
  // Without metadata, use the logical id, which is the concatenated path and eight digits of its hash.
  if (typeof path !== 'string') return [logicalId.replace(/[0-9A-F]{8}$/, '')];
  return path
    .split('/')
    .slice(1)
    .filter((segment) => !UNNAMED.has(segment));
}

function kebabCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}
