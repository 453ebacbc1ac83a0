export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type of resource has its own properties.
  readonly Properties: any;
}

export interface Template {
  Resources: Record<string, Resource>;
}

/** Leave out the resources of a type. @returns whether there were any */
export function leaveOut(template: Template, type: string): boolean {
  const all = Object.entries(template.Resources);
  const kept = all.filter(([, { Type }]) => Type !== type);
  template.Resources = Object.fromEntries(kept);
  return kept.length < all.length;
}

export const ofType = ({ Resources }: Template, ...types: readonly string[]): Resource[] =>
  Object.values(Resources).filter(({ Type }) => types.includes(Type));
