import { canonical } from './canonical.ts';
import { isCount, type Json, type Keyword, NOT_A_COUNT } from './keyword.ts';

const size =
  (holds: (size: number, bound: number) => boolean, says: string): Keyword =>
  (bound, { refuse }) => {
    if (!isCount(bound)) return refuse(NOT_A_COUNT);
    return (value, run) =>
      !Array.isArray(value) || holds(value.length, bound) || run.fault(`has ${says} than ${bound} items`);
  };

const countOf = (argument: Json | undefined, otherwise: number): number =>
  typeof argument === 'number' ? argument : otherwise;

const bound: Keyword = (argument, { refuse }) => (isCount(argument) ? null : refuse(NOT_A_COUNT));

export const arrayKeywords: Readonly<Record<string, Keyword>> = {
  minItems: size((count, bound) => count >= bound, 'fewer'),
  maxItems: size((count, bound) => count <= bound, 'more'),

  uniqueItems(argument, { refuse }) {
    if (typeof argument !== 'boolean') return refuse('is not a boolean');
    if (!argument) return null;
    return (value, run) => {
      if (!Array.isArray(value)) return true;
      const texts = new Set(value.map((item) => canonical(item, run.budget)));
      return texts.size === value.length || run.fault('has duplicate items');
    };
  },

  prefixItems(argument, { refuse, part }) {
    if (!Array.isArray(argument)) return refuse('is not an array of schemas');
    const schemas = argument.map((item, index) => part(item, index));
    return (value, run, seen) => {
      if (!Array.isArray(value)) return true;
      let holds = true;
      for (const [index, schema] of schemas.slice(0, value.length).entries()) {
        seen?.indexes.add(index);
        holds = run.fitsAt(index, schema, value[index]) && holds;
        if (!holds && !run.isReporting) break;
      }
      return holds;
    };
  },

  items(argument, { refuse, part, siblings }) {
    if (Array.isArray(argument))
      return refuse('is not a schema; a list of schemas is "prefixItems" since 2020-12');
    const schema = part(argument);
    const from = Array.isArray(siblings.prefixItems) ? siblings.prefixItems.length : 0;
    return (value, run, seen) => {
      if (!Array.isArray(value)) return true;
      let holds = true;
      for (let index = from; index < value.length; index++) {
        seen?.indexes.add(index);
        holds = run.fitsAt(index, schema, value[index]) && holds;
        if (!holds && !run.isReporting) break;
      }
      return holds;
    };
  },

  contains(argument, { part, siblings }) {
    const schema = part(argument);
    const least = countOf(siblings.minContains, 1);
    const most = countOf(siblings.maxContains, Number.POSITIVE_INFINITY);
    return (value, run, seen) => {
      if (!Array.isArray(value)) return true;
      let found = 0;
      for (const [index, item] of value.entries()) {
        if (!run.quietly(() => run.fitsAt(index, schema, item))) continue;
        seen?.indexes.add(index);
        found++;
      }
      if (found < least) return run.fault(`has ${found} items that fit "contains", fewer than ${least}`);
      return found <= most || run.fault(`has ${found} items that fit "contains", more than ${most}`);
    };
  },
  minContains: bound,
  maxContains: bound,
};

/** Keywords that check the items which no other keyword has evaluated. */
export const lastArrayKeywords: Readonly<Record<string, Keyword>> = {
  unevaluatedItems(argument, { part }) {
    const schema = part(argument);
    return (value, run, seen) => {
      if (!Array.isArray(value)) return true;
      let holds = true;
      for (const [index, item] of value.entries()) {
        if (seen?.indexes.has(index)) continue;
        seen?.indexes.add(index);
        holds = run.fitsAt(index, schema, item) && holds;
        if (!holds && !run.isReporting) break;
      }
      return holds;
    };
  },
};
