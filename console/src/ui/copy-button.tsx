import { useState } from 'react';
import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { messages } from './messages.ts';

/** Copy a text to the clipboard and confirm it briefly. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useText(messages);
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  }
  return (
    <Button kind="quiet" icon={copied ? 'ok' : 'copy'} onClick={copy}>
      <span aria-live="polite">{copied ? t('copied') : (label ?? t('copy'))}</span>
    </Button>
  );
}
