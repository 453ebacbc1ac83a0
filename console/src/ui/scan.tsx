import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { messages } from './messages.ts';
import { NextPageFailure } from './next-page-failure.tsx';

/** The pages of a list that the browser filters. */
interface Scanned {
  readonly items: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly error: Error | null;
  fetchNextPage(): unknown;
}

interface ScanProps {
  readonly list: Scanned;
  /** How many of the items fit the filter. Absent if the API filters, which may find nothing in a page. */
  readonly found?: number;
}

/** Says how far a filter has looked, and looks further on request: what is not there yet is not said to be absent. */
export function Scan({ list, found }: ScanProps) {
  const { items, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const t = useText(messages);
  if (!hasNextPage) return null;
  if (isFetchNextPageError) return <NextPageFailure list={list} />;
  return (
    <div className="scan" role="status">
      <p className="muted">
        {found === undefined
          ? t('foundSoFar', { count: items.length })
          : t('looked', { found, count: items.length })}
      </p>
      <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t('lookFurther')}
      </Button>
    </div>
  );
}
