import { randomUUID } from 'node:crypto';
import { beforeAll } from 'vitest';
import type { Scope } from '../../core/model/api-key.ts';
import type { Stack } from '../support/stack.ts';

export interface OwnProject extends Pick<Stack, 'call' | 'subscribe' | 'publish' | 'table' | 'project'> {
  /** Path of the project in the API. */
  readonly path: string;
  /** Secret of a key with every scope of a project. */
  readonly key: string;
  createKey(...scopes: Scope[]): Promise<{ id: string; secret: string }>;
}

/** Create a project for the tests of a file, because files share a running stack. */
export function useOwnProject(stack: () => Stack): () => OwnProject {
  let own: OwnProject | undefined;
  beforeAll(async () => {
    const { call, table, subscribe, publish } = stack();
    const project = `console-${randomUUID()}`;
    const path = `/v1/projects/${project}`;
    const create = async (where: string, body: object) => {
      const response = await call('POST', where, body);
      if (response.status !== 201) throw new Error(`POST ${where}: ${response.text}`);
      return response.body;
    };
    const createKey: OwnProject['createKey'] = (...scopes) =>
      create(`${path}/keys`, { name: scopes.join(), scopes });
    await create('/v1/projects', { id: project, name: 'Console' });
    const { secret } = await createKey('manage', 'publish', 'read');
    own = {
      ...{ call, table, project, path, key: secret, createKey },
      subscribe: (settings) => subscribe(settings, project),
      publish: (event) => publish(event, project),
    };
  });
  return () => {
    if (own === undefined) throw new Error('The project has not been created.');
    return own;
  };
}
