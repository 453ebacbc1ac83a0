import type { ReactNode } from 'react';
import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { messages } from './messages.ts';
import { Empty } from './states.tsx';

interface NoMatchesProps {
  /** @default No matches */
  readonly title?: string;
  readonly children: ReactNode;
  onClear(): void;
}

/** Says that nothing passes the filters of a list, and clears them on request. */
export function NoMatches({ title, children, onClear }: NoMatchesProps) {
  const t = useText(messages);
  return (
    <Empty
      icon="search"
      title={title ?? t('noMatches')}
      action={<Button onClick={onClear}>{t('clearFilters')}</Button>}
    >
      {children}
    </Empty>
  );
}
