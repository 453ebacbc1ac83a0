/** Times in ISO 8601. Either end may be open. */
export interface TimeRange {
  readonly since: string | undefined;
  readonly until: string | undefined;
}
