/** A low concurrency, so that every invocation gets the maximum number of records. */
export const LANES = {
  events: { maxConcurrency: 2 },
  internal: { maxConcurrency: 2 },
  deliveries: { maxConcurrency: 2 },
  retries: { maxConcurrency: 2 },
};
