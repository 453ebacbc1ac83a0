/** How a request's redirects are followed. */
export interface Following {
  /**
   * `ancrage`: a 302 or 303 once, with a GET. `python`: at most five, with the methods that Python's `requests` uses
   * (`Session.rebuild_method`).
   */
  readonly style: 'ancrage' | 'python';
  /** The headers that another origin than that of the first URL gets, which hold no secret. */
  readonly headersElsewhere: Readonly<Record<string, string>>;
}

/** A redirect that was followed. */
export interface Redirect {
  /** The status of the response. */
  readonly status: number;
  /** The method and the URL of the request that followed it. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly location: string;
}
