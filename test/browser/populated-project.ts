import { afterAll, beforeAll } from 'vitest';
import type { Receiver } from '../support/receiver.ts';
import { pathsOf } from './console-pages.ts';
import type { OwnProject } from './own-project.ts';
import { populate } from './scene.ts';

/** Populate a project for the tests of a file. Return a function that fills its ids into the path of a page. */
export function usePopulatedProject(project: () => OwnProject): (path: string) => string {
  let receiver: Receiver | undefined;
  let pathOf: (path: string) => string;
  beforeAll(async () => {
    receiver = await populate(project());
    pathOf = await pathsOf(project());
  });
  afterAll(() => receiver?.stop());
  return (path) => pathOf(path);
}
