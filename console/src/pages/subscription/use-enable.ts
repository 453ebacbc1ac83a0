import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

/** Turns a subscription on or off. */
export function useEnable(id: string) {
  const t = useText(messages);
  const tell = useToast();
  const queries = useQueryClient();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: (enabled: boolean) =>
      answerOf(
        client.PATCH('/v1/projects/{project}/subscriptions/{id}', {
          params: { path: { project, id } },
          body: { enabled },
        }),
      ),
    onSuccess({ enabled }) {
      tell(t(enabled ? 'enabled' : 'disabled'));
      return queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
    },
    onError: (error) => tell(error.message, 'bad'),
  });
}
