export interface Caller {
  /** The key's project, which plays the part of the site. */
  readonly project: string;
  readonly keyId: string;
  /** Whether the key may change webhooks, and so may see the credentials in their headers. */
  readonly mayManage: boolean;
}
