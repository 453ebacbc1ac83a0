/** Account, region and credentials of the engines, the functions and outputs.json. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
/** Pass a copy to SDK clients, because they write into the object. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Receives a line of the local stack's output. */
export type Log = (line: string) => void;
