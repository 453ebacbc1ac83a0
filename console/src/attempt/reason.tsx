import type { Attempt } from '../../../client/index.ts';
import { useText } from '../i18n/language.tsx';
import { messages } from './messages.ts';

/** The result of an attempt in a few words. */
export function Reason({ attempt: { error, response, detail } }: { attempt: Attempt }) {
  const t = useText(messages);
  if (error === null || error === 'status') return t('status', { status: String(response?.status ?? '') });
  return (
    <>
      {t(error)}
      {detail && <span className="muted"> · {detail}</span>}
    </>
  );
}
