import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from '../event-types/messages.ts';

export function RemoveType({ type }: { type: string }) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { client, project } = useSession();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        client.DELETE('/v1/projects/{project}/event-types/{type}', { params: { path: { project, type } } }),
      ),
    async onSuccess() {
      showToast(t('removed'));
      go('/event-types');
      await queries.invalidateQueries({ queryKey: [project, 'event-types', 'list'] });
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
  return (
    <>
      <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('removeTitle')}
          action={t('remove')}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>{t('removeText', { type })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
