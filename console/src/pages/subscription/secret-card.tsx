import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { settingsMessages } from './settings-messages.ts';

/** The signing secret, which is fetched when it is asked for and kept nowhere. */
export function SecretCard({ subscriptionId: id }: { subscriptionId: string }) {
  const t = useText(settingsMessages);
  const tell = useToast();
  const { client, project, can } = useSession();
  const [secret, setSecret] = useState<string>();
  const [rotating, setRotating] = useState(false);
  const params = { path: { project, id } };
  const onError = (error: Error) => tell(error.message, 'bad');
  const reveal = useMutation({
    mutationFn: () => answerOf(client.GET('/v1/projects/{project}/subscriptions/{id}/secret', { params })),
    onSuccess: (answer) => setSecret(answer.secret),
    onError,
  });
  const rotate = useMutation({
    mutationFn: () =>
      answerOf(client.POST('/v1/projects/{project}/subscriptions/{id}/rotate-secret', { params, body: {} })),
    onSuccess(answer) {
      setSecret(answer.secret);
      setRotating(false);
      tell(t('rotated'));
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
