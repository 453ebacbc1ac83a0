/** A tenant. */
export interface Project {
  readonly id: string;
  readonly name: string | null;
  /** HireHop's `export_key`. */
  readonly exportKey: string | null;
  /** HireHop's company id, sent with the type that it has here. */
  readonly companyId: CompanyId | null;
  /** How long events and their attempts are kept. Must outlast the retry schedule. */
  readonly retentionDays: number;
  /** The most days for which an event of the project may have been kept. Its id is not used again before they have passed. */
  readonly longestRetentionDays: number;
  readonly createdAt: string;
}

export type CompanyId = string | number;
