import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

const SETTINGS = {
  enable: { enabled: true },
  disable: { enabled: false },
  pause: { paused: true },
} as const;
const DONE = {
  enable: 'enabled',
  disable: 'disabled',
  pause: 'paused',
  resume: 'resumed',
  sendNow: 'sending',
} as const;

type Action = keyof typeof DONE;

/** Enable, disable, pause or resume a subscription, or send what waits for it. */
export function useAction(id: string) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const { client, project } = useSession();
  const params = { path: { project, id } };
  const call = (action: Action) => {
    if (action === 'resume')
      return client.POST('/v1/projects/{project}/subscriptions/{id}/resume', { params });
    if (action === 'sendNow')
      return client.POST('/v1/projects/{project}/subscriptions/{id}/send-now', { params });
    return client.PATCH('/v1/projects/{project}/subscriptions/{id}', { params, body: SETTINGS[action] });
  };
  return useMutation({
    mutationFn: (action: Action) => unwrap(call(action)),
    onSuccess(_, action) {
      showToast(t(DONE[action]));
      return queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
}
