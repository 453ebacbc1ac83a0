/** A tenant. */
export interface Project {
  readonly id: string;
  readonly name: string | null;
  /** HireHop's `export_key`. */
  readonly exportKey: string | null;
  /** HireHop's company id, sent with the type that it has here. */
  readonly companyId: CompanyId | null;
  /** The address of the Frappe site that it stands in for, without a path. Templates make links with it. */
  readonly siteUrl?: string | undefined;
  /** How long events and their attempts are kept. Must outlast the retry schedule. */
  readonly retentionDays: number;
  /** The most days for which an event of the project may have been kept. Its id is not used again before they have passed. */
  readonly longestRetentionDays: number;
  readonly createdAt: string;
  /** Tells it from an earlier project of the same id. Absent in those of version 0.1, and while `writeFormat` is 1. */
  readonly generation?: string | undefined;
}

export type CompanyId = string | number;
