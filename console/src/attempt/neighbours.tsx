import { useEffect } from 'react';
import type { Attempt } from '../../../client/index.ts';
import { useText } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { messages } from './messages.ts';
import type { AttemptName } from './use-open-attempt.ts';

interface NeighboursProps {
  readonly open: AttemptName;
  /** As the page shows it. */
  readonly list: readonly Attempt[];
  onShow(attempt: AttemptName): void;
}

/** Buttons, and the keys j and k, for the attempts before and after this one in its list. */
export function Neighbours({ open, list, onShow }: NeighboursProps) {
  const t = useText(messages);
  const at = list.findIndex(({ id }) => id === open.id);
  const [previous, next] = at < 0 ? [] : [list[at - 1], list[at + 1]];
  useEffect(() => {
    const onKey = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select');
      const chosen = { j: next, k: previous }[key];
      if (chosen !== undefined && !isTyping && !ctrlKey && !metaKey && !altKey) onShow(chosen);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [previous, next, onShow]);
  if (at < 0) return null;
  const button = (neighbour: Attempt | undefined, text: 'newer' | 'older', key: string) => (
    <Button
      kind="quiet"
      disabled={neighbour === undefined}
      aria-keyshortcuts={key}
      onClick={() => neighbour && onShow(neighbour)}
    >
      {t(text)} <kbd>{key}</kbd>
    </Button>
  );
  return (
    <div className="neighbours">
      {button(previous, 'newer', 'k')}
      {button(next, 'older', 'j')}
    </div>
  );
}
