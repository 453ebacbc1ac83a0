/** Counts what the request log keeps in full. */
export interface ExchangeCounts {
  /** Add failures of a subscription to those of the minute that begins then. Return how many that minute has. */
  addFailures(subscriptionId: string, minute: number, failures: number): Promise<number>;
  /** Add bytes to those of a project on the day (UTC) that begins then. Return how many that day has. */
  addBytes(project: string, day: number, bytes: number): Promise<number>;
  /** Return how many bytes a project has on the day (UTC) that begins then. */
  bytes(project: string, day: number): Promise<number>;
}
