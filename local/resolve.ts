import { LocalStackError } from './errors.ts';

/** The values of references in the template: `Ref` and `Fn::GetAtt` of resources, and pseudo parameters. */
export interface Referents {
  ref(logicalId: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
}

type Intrinsic = (argument: unknown, referents: Referents) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, referents) => refer(String(name), referents),
  'Fn::GetAtt': (argument, referents) => {
    // The short form is "Resource.Attribute", where the name of the attribute may contain dots.
    const [logicalId = '', ...name] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return getAttribute(logicalId, name.join('.'), referents);
  },
  'Fn::Join': (argument, referents) => {
    const [delimiter, parts] = tuple(argument, 'Fn::Join');
    return list(resolve(parts, referents), 'Fn::Join').map(String).join(String(delimiter));
  },
  'Fn::Split': (argument, referents) => {
    const [delimiter, text] = tuple(argument, 'Fn::Split');
    return String(resolve(text, referents)).split(String(delimiter));
  },
  'Fn::Select': (argument, referents) => {
    const [index, items] = tuple(argument, 'Fn::Select');
    const item = list(resolve(items, referents), 'Fn::Select')[Number(resolve(index, referents))];
    if (item === undefined)
      throw new LocalStackError(`The template selects item ${String(index)} of a shorter list`);
    return item;
  },
  'Fn::Sub': (argument, referents) => {
    const [text, substitutions] = Array.isArray(argument) ? argument : [argument, {}];
    const variables = resolve(substitutions ?? {}, referents) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return String(variables[name]);
      const dot = name.indexOf('.');
      return dot < 0
        ? refer(name, referents)
        : getAttribute(name.slice(0, dot), name.slice(dot + 1), referents);
    });
  },
};

/**
 * Evaluate CloudFormation's intrinsic functions anywhere in a value.
 *
 * @throws LocalStackError for an unknown intrinsic function or reference, because ignoring it would start functions with a
 * wrong environment
 */
export function resolve(value: unknown, referents: Referents): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, referents));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[only[0]];
    if (intrinsic === undefined)
      throw new LocalStackError(`The template uses ${only[0]}, which the local stack does not support`);
    return intrinsic(only[1], referents);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, referents)]));
}

function refer(name: string, referents: Referents): string {
  const value = referents.ref(name);
  if (value === undefined)
    throw new LocalStackError(`The template refers to ${name}, which the local stack does not have`);
  return value;
}

function getAttribute(logicalId: string, name: string, referents: Referents): string {
  const value = referents.attribute(logicalId, name);
  if (value === undefined)
    throw new LocalStackError(
      `The template refers to ${logicalId}.${name}, which the local stack does not have`,
    );
  return value;
}

function tuple(argument: unknown, intrinsic: string): [unknown, unknown] {
  const items = list(argument, intrinsic);
  return [items[0], items[1]];
}

function list(value: unknown, intrinsic: string): unknown[] {
  if (!Array.isArray(value))
    throw new LocalStackError(`The template passes ${intrinsic} a value that is not a list`);
  return value;
}
