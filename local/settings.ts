/** The account, region and credentials that the engines, the functions and outputs.json agree on. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
/** Give SDK clients a copy: they write into the object that they are given. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Takes a line of the local stack's own output. */
export type Log = (line: string) => void;
