export interface Caller {
  /** The key's project, which plays the part of the site. */
  readonly project: string;
  readonly keyId: string;
  /** Whether the key may change webhooks, and so may see their URLs and signatures. */
  readonly mayManage: boolean;
}
