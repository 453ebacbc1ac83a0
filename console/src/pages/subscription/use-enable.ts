import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

/** Enable or disable a subscription. */
export function useEnable(id: string) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: (enabled: boolean) =>
      unwrap(
        client.PATCH('/v1/projects/{project}/subscriptions/{id}', {
          params: { path: { project, id } },
          body: { enabled },
        }),
      ),
    onSuccess({ enabled }) {
      showToast(t(enabled ? 'enabled' : 'disabled'));
      return queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
}
