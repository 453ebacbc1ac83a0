/** What a project may have a limited number of. */
type Counted = 'subscriptions' | 'keys' | 'eventTypes' | 'tests' | 'jobs';

export interface UsageStore {
  /** Return how many a project has: of test requests those that are open, of jobs those that run. */
  count(project: string, what: Counted): Promise<number>;
}
