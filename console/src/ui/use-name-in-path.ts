import { useParams } from 'wouter';
import { fromPathSegment } from '../../../client/index.ts';

/** Return the name in a segment of the page's path, such as `:id`. Users also type it: what does not decode is the name. */
export function useNameInPath(parameter: string): string {
  const { [parameter]: segment = '' } = useParams();
  return fromPathSegment(segment) ?? segment;
}
