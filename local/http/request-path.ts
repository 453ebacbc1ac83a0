/**
 * Return the path of a request as an HTTP API sees it before it looks for the route, and passes it to functions: decoded
 * twice, so that `%252F` is a slash as well, and cut at a question mark.
 *
 * @param path percent-encoded, without the query
 * @throws URIError if it is not percent-encoded UTF-8, also after it was decoded once: `50%25`
 */
export const decodePath = (path: string): string =>
  decodeURIComponent(decodeURIComponent(path)).replace(/\?.*$/su, '');
