import type { Attempt } from '../../../client/index.ts';
import { useText } from '../i18n/language.tsx';
import { messages } from './messages.ts';

interface ReasonProps {
  readonly attempt: Attempt;
  /** Leave out the details of an error. */
  readonly brief?: boolean;
}

/** The result of an attempt in a few words. */
export function Reason({ attempt: { error, response, detail }, brief = false }: ReasonProps) {
  const t = useText(messages);
  if (error === null || error === 'status') return t('status', { status: String(response?.status ?? '') });
  return (
    <>
      {t(error)}
      {detail && !brief && <span className="muted"> · {detail}</span>}
    </>
  );
}
