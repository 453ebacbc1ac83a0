import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';
import { MOST_CHOSEN, type Selection } from './use-selection.ts';

/** A bar that counts the chosen deliveries and makes them again. */
export function ResendBar({ selection: { deliveries, clear } }: { selection: Selection }) {
  const t = useText(messages);
  const showToast = useToast();
  const { client, project } = useSession();
  // The same deliveries, sent twice because the answer was lost, are made again once.
  const request = useRef({ about: '', key: '' });
  const about = JSON.stringify(deliveries);
  if (request.current.about !== about) request.current = { about, key: crypto.randomUUID() };
  const resend = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST('/v1/projects/{project}/deliveries/resend', {
          params: { path: { project }, header: { 'Idempotency-Key': request.current.key } },
          body: { deliveries: [...deliveries] },
        }),
      ),
    onSuccess() {
      showToast(t('resent', { count: deliveries.length }));
      clear();
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
  if (deliveries.length === 0) return null;
  return (
    <section className="resend-bar" aria-label={t('selection')}>
      <p aria-live="polite">
        {deliveries.length > MOST_CHOSEN
          ? t('tooMany', { count: MOST_CHOSEN })
          : t('selected', { count: deliveries.length })}
      </p>
      <Button
        kind="primary"
        icon="replay"
        busy={resend.isPending}
        disabled={deliveries.length > MOST_CHOSEN}
        onClick={() => resend.mutate()}
      >
        {t('resendThese')}
      </Button>
      <Button onClick={clear}>{t('clearSelection')}</Button>
    </section>
  );
}
