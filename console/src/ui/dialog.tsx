import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { focusKeeper } from './focus-keeper.ts';
import { Icon } from './icon.tsx';
import { messages } from './messages.ts';
import { dialogClosed, dialogOpened } from './open-dialogs.ts';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Called by the close button and by Escape. */
  onClose(): void;
}

/** A modal dialog. The browser traps the focus in it; on close, it returns to what opened the dialog. */
export function Dialog({ title, wide = false, children, onClose }: DialogProps) {
  const t = useText(messages);
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const giveBack = focusKeeper();
    if (!element.open) element.showModal();
    dialogOpened(element);
    return () => {
      dialogClosed(element);
      element.close();
      giveBack();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="dialog-content">{children}</div>
    </dialog>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  /** The verb on the confirm button. */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly children: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useText(messages);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <div className="dialog-body">{props.children}</div>
      <footer>
        <Button onClick={props.onClose}>{t('cancel')}</Button>
        <Button kind={props.danger ? 'danger' : 'primary'} busy={props.busy} onClick={props.onConfirm}>
          {props.action}
        </Button>
      </footer>
    </Dialog>
  );
}
