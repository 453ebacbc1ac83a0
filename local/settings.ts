import type { Credentials } from './access/access-keys.ts';

/** Account and region of the engines, the functions and outputs.json. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
/** Credentials for the engines themselves, which accept any. The gates in front of them accept others. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Return the settings of an SDK client for an engine. Each client needs its own object because it writes into it. */
export const clientSettings = (
  endpoint: string,
  { accessKeyId, secretAccessKey }: Credentials = CREDENTIALS,
) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey },
});

/** Receives a line of the local stack's output. */
export type Log = (line: string) => void;
