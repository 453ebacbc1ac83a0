/** What a project may have a limited number of. */
type Counted = 'subscriptions' | 'keys' | 'eventTypes' | 'tests' | 'jobs';

export interface UsageStore {
  /** Return how many a project has. Only open test requests and running jobs count. */
  count(project: string, what: Counted): Promise<number>;
}
