import { isObject, type Json, type Keyword } from './keyword.ts';
import type { Schema } from './run.ts';

const NO_LIST = 'is not a list of one or more schemas';

/** Create a keyword that applies several schemas to the value itself. */
const several =
  (check: (schemas: readonly Schema[]) => ReturnType<Keyword>): Keyword =>
  (argument, { refuse, same }) =>
    Array.isArray(argument) && argument.length > 0
      ? check(argument.map((item, index) => same(item, index)))
      : refuse(NO_LIST);

const reference: Keyword = (argument, { refuse, referred }) => {
  if (typeof argument !== 'string') return refuse('is not a string');
  const target = referred(argument);
  return (value, run, seen) => run.fitsToo(target.schema, value, seen);
};

export const combiningKeywords: Readonly<Record<string, Keyword>> = {
  $ref: reference,
  // In a single document without other ids, a dynamic reference resolves like a plain one.
  $dynamicRef: reference,

  allOf: several((schemas) => (value, run, seen) => {
    let holds = true;
    for (const schema of schemas) {
      holds = run.fitsToo(schema, value, seen) && holds;
      if (!holds && !run.isReporting) break;
    }
    return holds;
  }),

  anyOf: several((schemas) => (value, run, seen) => {
    let fitting = 0;
    for (const schema of schemas) {
      if (run.quietly(() => run.fitsToo(schema, value, seen))) fitting++;
      // If evaluated members are tracked, every schema that fits must contribute its own.
      if (fitting > 0 && seen === null) break;
    }
    return fitting > 0 || run.fault('fits none of the schemas of "anyOf"');
  }),

  oneOf: several((schemas) => (value, run, seen) => {
    const fitting = schemas.filter((schema) => run.quietly(() => run.fitsToo(schema, value, seen)));
    return (
      fitting.length === 1 || run.fault(`fits ${fitting.length} of the schemas of "oneOf", not just one`)
    );
  }),

  not(argument, { same }) {
    const schema = same(argument);
    return (value, run) =>
      !run.quietly(() => run.fitsToo(schema, value, null)) || run.fault('fits the schema of "not"');
  },

  if(argument, { same, beside }) {
    const condition = same(argument);
    const [consequence, alternative] = [beside('then'), beside('else')];
    return (value, run, seen) => {
      const next = run.quietly(() => run.fitsToo(condition, value, seen)) ? consequence : alternative;
      return next === null || run.fitsToo(next, value, seen);
    };
  },

  dependentSchemas(argument, { refuse, same }) {
    if (!isObject(argument)) return refuse('is not an object of schemas');
    const needs = Object.entries(argument as Record<string, Json>).map(
      ([key, schema]) => [key, same(schema, key)] as const,
    );
    return (value, run, seen) => {
      if (!isObject(value)) return true;
      run.budget.spend(needs.length);
      let holds = true;
      for (const [key, schema] of needs)
        if (Object.hasOwn(value, key)) holds = run.fitsToo(schema, value, seen) && holds;
      return holds;
    };
  },
};
