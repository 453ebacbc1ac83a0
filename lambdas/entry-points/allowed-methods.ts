import { methodsOf, ROUTES, type Route } from '../../core/routes.ts';

const patterns = Object.values<Route>(ROUTES)
  .filter(({ key }) => key === undefined)
  .flatMap((row) =>
    [row.path, ...(row.alias === undefined ? [] : [row.alias])].map((path) => ({
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      methods: methodsOf(row),
    })),
  );

/** Return the methods of the routes that match a path; none if it is unknown. */
export const allowedMethods = (path: string): string[] => [
  ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)),
];
