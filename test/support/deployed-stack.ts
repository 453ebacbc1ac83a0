import { type Deployment, readDeployment } from '../../bin/admin/deployment.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { LANES } from '../../core/contract.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { apiOf } from './api.ts';
import type { Stack } from './stack.ts';
import { queuesOf } from './stack-queues.ts';

/** A stack that is there already, on AWS or an emulator, instead of the local one. */
export interface GivenDeployment {
  /** The file of `cdk deploy --outputs-file`. */
  readonly outputs: string;
  readonly adminKey: string;
}

/** The stack that `ANCRAGE_OUTPUTS` and `ANCRAGE_KEY` name, if they do. AWS credentials are in the environment. */
export const DEPLOYMENT = givenDeployment(process.env);

function givenDeployment(env: NodeJS.ProcessEnv): GivenDeployment | undefined {
  const { ANCRAGE_OUTPUTS: outputs, ANCRAGE_KEY: adminKey } = env;
  if (outputs === undefined) return undefined;
  if (adminKey === undefined)
    throw new Error('ANCRAGE_OUTPUTS needs ANCRAGE_KEY, a key with the scope "admin".');
  return { outputs, adminKey };
}

/** Tests can see these only in a local stack. */
const INSIDE = ['functions', 'calls', 'logsDir', 'failure', 'stop'] as const satisfies (keyof LocalStack)[];

/**
 * Use a deployed stack in a project of its own, with an admin key of that project. `leave` deletes the project, and those whose
 * ids begin with its id. What is left in the dead-letter queues stays there.
 */
export async function visitDeployment({
  outputs,
  adminKey,
}: GivenDeployment): Promise<{ stack: Stack; leave(): Promise<void> }> {
  const deployment = readDeployment({ outputs });
  const { apiUrl } = deployment;
  const project = `t-${crypto.randomUUID().slice(0, 8)}`;
  const given = apiOf({ apiUrl, project, adminKey });
  await given.done('POST', '/v1/projects', { id: project });
  const { secret } = await given.newKey(['admin']);
  const dynamodb = deployment.dynamodb();
  const sqs = deployment.sqs();
  const { close, ...queues } = queuesOf(sqs, queueUrlsOf(deployment));
  const known = {
    ...apiOf({ apiUrl, project, adminKey: secret }),
    ...queues,
    queueUrls: queueUrlsOf(deployment),
    outputs: { apiUrl, project, adminKey: secret, tableName: deployment.tableName },
    table: openTable(deployment.tableName, Date.now, dynamodb),
    sendEvent: (event: object) => queues.send(JSON.stringify({ project, ...event })),
  };
  return {
    stack: new Proxy(known, { get: getKnown }) as unknown as Stack,
    async leave() {
      const { data } = await given.get('/v1/projects?limit=100');
      for (const { id } of data as { id: string }[])
        if (id.startsWith(project)) await given.done('DELETE', `/v1/projects/${id}`);
      close();
      dynamodb.destroy();
    },
  };
}

function getKnown(target: object, name: string | symbol): unknown {
  if (INSIDE.some((inside) => inside === name))
    throw new Error(`The test uses "${String(name)}" of the local stack: it cannot test a deployed one.`);
  return Reflect.get(target, name);
}

/** By the names that the local stack gives them. */
function queueUrlsOf({ lane }: Deployment): Record<string, string> {
  return Object.fromEntries(
    LANES.flatMap((name) => {
      const { queue, deadLetterQueue } = lane(name);
      return [
        [`ancrage-local-${name}-queue`, queue],
        [`ancrage-local-${name}-dead-letter-queue`, deadLetterQueue],
      ];
    }),
  );
}
