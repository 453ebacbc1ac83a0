import { useText } from '../i18n/language.tsx';
import type { Messages } from '../i18n/messages.ts';
import { Button } from './button.tsx';
import { messages as uiMessages } from './messages.ts';

const messages = {
  noneYet: [
    'None found so far. Older ones have not been searched yet.',
    'Rien trouvé pour l’instant. Les plus anciens n’ont pas encore été parcourus.',
  ],
} as const satisfies Messages;

interface SearchGoesOnProps {
  readonly list: { readonly isFetchingNextPage: boolean; fetchNextPage(): unknown };
}

/** Takes the place of a list whose filter the API applies, and which has found nothing before it stopped to look. */
export function SearchGoesOn({ list: { isFetchingNextPage, fetchNextPage } }: SearchGoesOnProps) {
  const t = useText(messages);
  const ui = useText(uiMessages);
  return (
    <div className="scan" role="status">
      <p className="muted">{t('noneYet')}</p>
      <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {ui('lookFurther')}
      </Button>
    </div>
  );
}
