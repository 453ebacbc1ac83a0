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
  /** Which version of Frappe the project's Frappe webhooks are retried and logged like. */
  readonly frappeVersion: FrappeVersion;
  readonly createdAt: string;
  /** Tells it from an earlier project of the same id. Absent in those of version 0.1, and while `writeFormat` is 1. */
  readonly generation?: string | undefined;
}

/** The versions of Frappe that differ, the newest last. Version 15 stands for 13 to 15. */
export const FRAPPE_VERSIONS = [15, 16] as const;
export type FrappeVersion = (typeof FRAPPE_VERSIONS)[number];
export const NEWEST_FRAPPE: FrappeVersion = 16;

export type CompanyId = string | number;
