/** Who asks. */
export interface Caller {
  /** The key's, which is the site. */
  readonly project: string;
  readonly keyId: string;
  /** Whether the key may change webhooks, and so sees the credentials in their headers. */
  readonly mayManage: boolean;
}

/** A DocType as the REST API has it. Documents and rows are answered as they are to be sent. */
export interface Resource {
  list(caller: Caller, query: Readonly<Record<string, string | undefined>>): Promise<object[]>;
  get(caller: Caller, name: string): Promise<object>;
  create(caller: Caller, given: unknown): Promise<object>;
  update(caller: Caller, name: string, given: unknown): Promise<object>;
  remove(caller: Caller, name: string): Promise<void>;
}
