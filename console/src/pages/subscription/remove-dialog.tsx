import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

export function RemoveDialog({ subscription, onClose }: { subscription: Subscription; onClose(): void }) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { client, project } = useSession();
  const { id } = subscription;
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        client.DELETE('/v1/projects/{project}/subscriptions/{id}', { params: { path: { project, id } } }),
      ),
    async onSuccess() {
      showToast(t('removed'));
      go('/subscriptions');
      queries.removeQueries({ queryKey: [project, 'subscriptions', id] });
      await queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
  return (
    <ConfirmDialog
      title={t('removeTitle')}
      action={t('remove')}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('removeText', { name: nameOf(subscription) })}</p>
    </ConfirmDialog>
  );
}
