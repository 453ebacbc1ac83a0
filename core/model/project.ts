/** A tenant. */
export interface Project {
  readonly id: string;
  readonly name: string | null;
  /** HireHop's `export_key`. */
  readonly exportKey: string | null;
  /** HireHop's is a number; it is sent as it was given. */
  readonly companyId: CompanyId | null;
  /** How long events and their attempts are kept. Must outlast the retry schedule. */
  readonly retentionDays: number;
  readonly createdAt: string;
}

export type CompanyId = string | number;
