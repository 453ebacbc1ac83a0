import { isCount, isObject, type Json, type JsonObject, type Keyword, NOT_A_COUNT } from './keyword.ts';
import type { Check, Run, Schema, Seen } from './run.ts';

const NO_SCHEMAS = 'is not an object of schemas';
const NO_NAMES = 'is not an array of unique strings';

const isJsonObject = (argument: Json | undefined): argument is JsonObject => isObject(argument);

const isNames = (argument: Json): argument is readonly string[] =>
  Array.isArray(argument) &&
  argument.every((name) => typeof name === 'string') &&
  new Set(argument).size === argument.length;

const size =
  (holds: (size: number, bound: number) => boolean, says: string): Keyword =>
  (bound, { refuse }) => {
    if (!isCount(bound)) return refuse(NOT_A_COUNT);
    return (value, run) =>
      !isObject(value) ||
      holds(Object.keys(value).length, bound) ||
      run.fault(`has ${says} than ${bound} fields`);
  };

function hasAll(names: readonly string[], value: object, run: Run): boolean {
  run.budget.spend(names.length);
  let holds = true;
  for (const name of names) if (!Object.hasOwn(value, name)) holds = run.fault('is required', name);
  return holds;
}

/** Create a check that applies to each member the schemas that `schemasOf` returns for its key. */
function eachMember(schemasOf: (key: string, run: Run, seen: Seen | null) => readonly Schema[]): Check {
  return (value, run, seen) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const [key, member] of Object.entries(value)) {
      for (const schema of schemasOf(key, run, seen)) {
        seen?.keys.add(key);
        holds = run.fitsAt(key, schema, member) && holds;
        if (!holds && !run.isReporting) return false;
      }
    }
    return holds;
  };
}

export const objectKeywords: Readonly<Record<string, Keyword>> = {
  minProperties: size((count, bound) => count >= bound, 'fewer'),
  maxProperties: size((count, bound) => count <= bound, 'more'),

  required(names, { refuse }) {
    if (!isNames(names)) return refuse(NO_NAMES);
    return (value, run) => !isObject(value) || hasAll(names, value, run);
  },

  dependentRequired(argument, { refuse }) {
    if (!isJsonObject(argument)) return refuse(`is not an object of arrays`);
    const needs = Object.entries(argument).flatMap(([key, names]) => {
      if (isNames(names)) return [{ key, names }];
      refuse(NO_NAMES, key);
      return [];
    });
    return (value, run) => {
      if (!isObject(value)) return true;
      run.budget.spend(needs.length);
      let holds = true;
      for (const { key, names } of needs)
        if (Object.hasOwn(value, key)) holds = hasAll(names, value, run) && holds;
      return holds;
    };
  },

  properties(argument, { refuse, part }) {
    if (!isJsonObject(argument)) return refuse(NO_SCHEMAS);
    const schemas = new Map(Object.entries(argument).map(([key, schema]) => [key, [part(schema, key)]]));
    return eachMember((key, run) => {
      run.budget.spend(1);
      return schemas.get(key) ?? [];
    });
  },

  patternProperties(argument, { refuse, part, pattern }) {
    if (!isJsonObject(argument)) return refuse(NO_SCHEMAS);
    const patterns = Object.entries(argument).map(([source, schema]) => ({
      pattern: pattern(source, source),
      schema: part(schema, source),
    }));
    return eachMember((key, run) =>
      patterns
        .filter(({ pattern }) => {
          run.budget.spend(pattern.stepsFor(key.length));
          return pattern.test(key);
        })
        .map(({ schema }) => schema),
    );
  },

  additionalProperties(argument, { part, siblings, pattern }) {
    const others = [part(argument)];
    const named = isJsonObject(siblings.properties) ? siblings.properties : {};
    const sources = isJsonObject(siblings.patternProperties) ? Object.keys(siblings.patternProperties) : [];
    const patterns = sources.map((source) => pattern(source));
    return eachMember((key, run) => {
      run.budget.spend(patterns.reduce((steps, pattern) => steps + pattern.stepsFor(key.length), 1));
      return Object.hasOwn(named, key) || patterns.some((pattern) => pattern.test(key)) ? [] : others;
    });
  },

  propertyNames(argument, { part }) {
    const schema = part(argument);
    return (value, run) => {
      if (!isObject(value)) return true;
      let holds = true;
      for (const key of Object.keys(value)) {
        if (run.quietly(() => run.fits(schema, key, run.newSeen()))) continue;
        holds = run.fault('has a name that is not allowed', key);
        if (!run.isReporting) break;
      }
      return holds;
    };
  },
};

/** Keywords that check the members which no other keyword has evaluated. */
export const lastObjectKeywords: Readonly<Record<string, Keyword>> = {
  unevaluatedProperties(argument, { part }) {
    const others = [part(argument)];
    return eachMember((key, run, seen) => {
      run.budget.spend(1);
      return seen?.keys.has(key) ? [] : others;
    });
  },
};
