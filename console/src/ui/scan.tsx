import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { messages } from './messages.ts';

/** The pages of a list that the browser filters. */
interface Scanned {
  readonly items: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

interface ScanProps {
  readonly list: Scanned;
  /** How many of the items fit the filter. Absent if the API filters, which may find nothing in a page. */
  readonly found?: number;
}

/** Says how far a filter has looked, and looks further on request: what is not there yet is not said to be absent. */
export function Scan({ list: { items, hasNextPage, isFetchingNextPage, fetchNextPage }, found }: ScanProps) {
  const t = useText(messages);
  if (!hasNextPage) return null;
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
