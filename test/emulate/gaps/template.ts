export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type of resource has its own properties.
  readonly Properties: any;
  UpdatePolicy?: unknown;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, unknown>;
}

/** Leave out the resources of a type, or some of them, and the outputs that refer to them. @returns whether there were any */
export function leaveOut(
  template: Template,
  type: string | RegExp,
  which: (resource: Resource) => boolean = () => true,
): boolean {
  const isOfType = ({ Type }: Resource) => (typeof type === 'string' ? Type === type : type.test(Type));
  const left = Object.entries(template.Resources).filter(
    ([, resource]) => isOfType(resource) && which(resource),
  );
  for (const [id] of left) {
    delete template.Resources[id];
    for (const [name, output] of Object.entries(template.Outputs ?? {}))
      if (JSON.stringify(output).includes(`"${id}"`)) delete template.Outputs?.[name];
  }
  return left.length > 0;
}

export const ofType = ({ Resources }: Template, ...types: readonly string[]): Resource[] =>
  Object.values(Resources).filter(({ Type }) => types.includes(Type));
