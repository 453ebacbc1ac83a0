import { useParams } from 'wouter';
import { fromPathSegment } from '../../../client/index.ts';

/** Return the name in a segment of the page's path, such as `:id`. A segment that cannot be decoded names nothing. */
export function useNameInPath(parameter: string): string {
  const { [parameter]: segment = '' } = useParams();
  return fromPathSegment(segment) ?? segment;
}
