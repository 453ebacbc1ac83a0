export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type of resource has its own properties.
  readonly Properties: any;
  UpdatePolicy?: unknown;
}

export interface Template {
  Resources: Record<string, Resource>;
}

/** Leave out the resources of a type, or some of them. @returns whether there were any */
export function leaveOut(
  template: Template,
  type: string,
  which: (resource: Resource) => boolean = () => true,
): boolean {
  const all = Object.entries(template.Resources);
  const kept = all.filter(([, resource]) => resource.Type !== type || !which(resource));
  template.Resources = Object.fromEntries(kept);
  return kept.length < all.length;
}

export const ofType = ({ Resources }: Template, ...types: readonly string[]): Resource[] =>
  Object.values(Resources).filter(({ Type }) => types.includes(Type));
