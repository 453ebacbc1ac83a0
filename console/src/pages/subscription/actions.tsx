import { useState } from 'react';
import type { Subscription } from '../../../../client/index.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { messages } from './messages.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';
import { useAction } from './use-action.ts';

type Open = 'test' | 'replay' | 'remove' | undefined;

export function Actions({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const { can } = useSession();
  const [open, setOpen] = useState<Open>();
  const action = useAction(subscription.id);
  const { id, enabled, paused } = subscription;
  const close = () => setOpen(undefined);
  if (!can('manage')) return null;
  return (
    <>
      <Button kind="primary" icon="send" onClick={() => setOpen('test')}>
        {t('test')}
      </Button>
      <Button icon="replay" disabled={!enabled} onClick={() => setOpen('replay')}>
        {t('replay')}
      </Button>
      <ButtonLink href={`/subscriptions/${id}/edit`}>{t('edit')}</ButtonLink>
      {enabled && (
        <Button
          icon={paused ? 'resume' : 'pause'}
          busy={action.isPending}
          onClick={() => action.mutate(paused ? 'resume' : 'pause')}
        >
          {t(paused ? 'resume' : 'pause')}
        </Button>
      )}
      <Menu
        label={t('more')}
        items={[
          { id: 'toggle', text: t(enabled ? 'disable' : 'enable') },
          { id: 'remove', text: t('remove'), isDangerous: true },
        ]}
        onAction={(chosen) => {
          if (chosen === 'remove') setOpen('remove');
          else if (!action.isPending) action.mutate(enabled ? 'disable' : 'enable');
        }}
      />
      {open === 'test' && <TestDialog subscription={subscription} onClose={close} />}
      {open === 'replay' && <ReplayDialog subscriptionId={id} onClose={close} />}
      {open === 'remove' && <RemoveDialog subscription={subscription} onClose={close} />}
    </>
  );
}
