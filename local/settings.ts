/** Account, region and credentials of the engines, the functions and outputs.json. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Return the settings of an SDK client for an engine. Each client needs its own object because it writes into it. */
export const clientSettings = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { ...CREDENTIALS },
});

/** Receives a line of the local stack's output. */
export type Log = (line: string) => void;
