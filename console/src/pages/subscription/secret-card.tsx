import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { settingsMessages } from './settings-messages.ts';

/** The signing secret, loaded only when the user reveals it, and not cached. */
export function SecretCard({ subscriptionId: id }: { subscriptionId: string }) {
  const t = useText(settingsMessages);
  const showToast = useToast();
  const { client, reader, project, can } = useSession();
  const [secret, setSecret] = useState<string>();
  const [rotating, setRotating] = useState(false);
  const params = { path: { project, id } };
  const onError = (error: Error) => showToast(error.message, 'bad');
  const reveal = useMutation({
    mutationFn: () => unwrap(reader().GET('/v1/projects/{project}/subscriptions/{id}/secret', { params })),
    onSuccess: ({ secret }) => setSecret(secret),
    onError,
  });
  const rotate = useMutation({
    mutationFn: () =>
      unwrap(client.POST('/v1/projects/{project}/subscriptions/{id}/rotate-secret', { params, body: {} })),
    onSuccess({ secret }) {
      setSecret(secret);
      setRotating(false);
      showToast(t('rotated'));
    },
    onError,
  });
  return (
    <section className="card">
      <header>
        <h2>{t('secret')}</h2>
        <p className="hint">{t('secretLead')}</p>
      </header>
      <div className="secret">
        <code data-testid="secret">{secret ?? 'whsec_••••••••••••••••••••••••'}</code>
        {secret !== undefined && <CopyButton text={secret} />}
        {can('manage') && (
          <div className="actions">
            <Button
              icon="eye"
              busy={reveal.isPending}
              onClick={() => (secret === undefined ? reveal.mutate() : setSecret(undefined))}
            >
              {t(secret === undefined ? 'reveal' : 'hide')}
            </Button>
            <Button icon="replay" onClick={() => setRotating(true)}>
              {t('rotate')}
            </Button>
          </div>
        )}
      </div>
      {rotating && (
        <ConfirmDialog
          title={t('rotateTitle')}
          action={t('rotateAction')}
          busy={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onClose={() => setRotating(false)}
        >
          <p>{t('rotateText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
