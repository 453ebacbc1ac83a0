import { Failure } from './states.tsx';

interface NextPageFailureProps {
  readonly list: {
    readonly isFetchNextPageError: boolean;
    readonly error: Error | null;
    fetchNextPage(): unknown;
  };
}

/** Says why the next page of a list could not be loaded, and tries again when told to. */
export const NextPageFailure = ({ list }: NextPageFailureProps) =>
  list.isFetchNextPageError &&
  list.error !== null && <Failure error={list.error} onRetry={() => list.fetchNextPage()} />;
