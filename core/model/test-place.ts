/** Return the name of the lease of one of the test requests that a project may have open. */
export const testPlace = (project: string, number: number): string => `TESTS#${project}#${number}`;
