import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

/** A dialog that adds all event types of a known system at once. */
export function CataloguesDialog({ onClose }: { onClose(): void }) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const { client, reader, project } = useSession();
  const presets = useQuery({
    queryKey: [project, 'presets'],
    queryFn: ({ signal }) =>
      unwrap(reader(signal).GET('/v1/projects/{project}/presets', { params: { path: { project } } })),
  });
  const load = useMutation({
    mutationFn: (preset: string) =>
      unwrap(
        client.PUT('/v1/projects/{project}/presets/{preset}', { params: { path: { project, preset } } }),
      ),
    async onSuccess({ added }) {
      showToast(t('loaded', { count: added.length }));
      onClose();
      await queries.invalidateQueries({ queryKey: [project, 'event-types', 'list'] });
    },
    onError: (error) => showToast(error.message, 'bad'),
  });
  return (
    <Dialog title={t('catalogues')} onClose={onClose}>
      <div className="dialog-body">
        <p className="muted">{t('cataloguesLead')}</p>
        <QueryView query={presets}>
          {({ data }) => (
            <ul className="stack">
              {data.map(({ name, description, eventTypes }) => (
                <li key={name} className="columns with-button">
                  <span>
                    <strong>{description}</strong>
                    <br />
                    <span className="muted">{t('types', { count: eventTypes.length })}</span>
                  </span>
                  <Button
                    aria-label={`${t('load')}: ${name}`}
                    busy={load.isPending && load.variables === name}
                    onClick={() => load.mutate(name)}
                  >
                    {t('load')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}
