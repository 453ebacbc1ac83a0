import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import { messages } from './messages.ts';
import { useFrontDialog } from './open-dialogs.ts';

type Tone = 'ok' | 'bad';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

type ShowToast = (text: string, tone?: Tone) => void;

const SHOWN_MS = 6_000;
const ToastContext = createContext<ShowToast | undefined>(undefined);

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useText(messages);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const showToast = useCallback<ShowToast>(
    (text, tone = 'ok') => {
      const id = next.current++;
      setToasts((all) => [...all, { id, text, tone }]);
      // Errors stay until they are dismissed.
      if (tone === 'ok') setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  const front = useFrontDialog();
  const shown = toasts.map(({ id, text, tone }) => (
    <div key={id} className={`toast ${tone}`}>
      <Icon name={tone === 'ok' ? 'ok' : 'warning'} />
      <span>{text}</span>
      <button type="button" aria-label={t('dismiss')} onClick={() => dismiss(id)}>
        <Icon name="close" />
      </button>
    </div>
  ));
  return (
    <ToastContext value={showToast}>
      {children}
      <Announcements>{front === undefined && shown}</Announcements>
      {front && createPortal(<Announcements>{shown}</Announcements>, front)}
    </ToastContext>
  );
}

/** Screen readers announce what is added to a live region, but not one that appears together with its text. So the page keeps its own while a dialog is open. */
const Announcements = ({ children }: { children: ReactNode }) => (
  <div className="toasts" aria-live="polite">
    {children}
  </div>
);

/** Return a function that shows the outcome of an action in a toast. */
export function useToast(): ShowToast {
  const showToast = useContext(ToastContext);
  if (showToast === undefined) throw new Error('There is no ToastProvider.');
  return showToast;
}
