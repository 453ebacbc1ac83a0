import { type Advice, adviceOn, type Need, type Quota } from './advice.ts';

export interface Caller {
  /** @default that of the environment or the profile */
  readonly region?: string | undefined;
  /** @default the default credentials */
  readonly profile?: string | undefined;
}

/** Compare a stage with the account's quota. If it cannot be read, the advice says so. */
export async function checkConcurrency(need: Need, caller: Caller): Promise<Advice> {
  try {
    return adviceOn(need, await readQuota(caller));
  } catch (error) {
    const { name, message } = error as Error;
    const [reason] = `${name}: ${message}`.split('\n');
    return {
      isRefused: false,
      text: `The account's quota of concurrent executions could not be read (lambda:GetAccountSettings): ${reason}`,
    };
  }
}

/** Neither a deployment nor a smoke test should wait long for a line of advice. */
const WITHIN_MS = { connectionTimeout: 3000, requestTimeout: 5000, throwOnRequestTimeout: true };

/** Read the account's quota in a region. */
export async function readQuota({ region, profile }: Caller): Promise<Quota> {
  const { GetAccountSettingsCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient({
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    maxAttempts: 2,
    requestHandler: WITHIN_MS,
  });
  try {
    const { AccountLimit: limit } = await client.send(new GetAccountSettingsCommand());
    const { ConcurrentExecutions: concurrent, UnreservedConcurrentExecutions: unreserved } = limit ?? {};
    if (concurrent === undefined || unreserved === undefined)
      throw new Error('the response has no AccountLimit');
    return { concurrent, unreserved };
  } finally {
    client.destroy();
  }
}
