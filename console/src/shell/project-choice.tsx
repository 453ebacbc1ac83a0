import { useQuery } from '@tanstack/react-query';
import { unwrap } from '../api/api-error.ts';
import { useText } from '../i18n/language.tsx';
import { useSession } from '../session/session.tsx';
import { Field } from '../ui/field.tsx';
import { messages } from './messages.ts';

/** The project of the key; an admin key can select any project. */
export function ProjectChoice() {
  const t = useText(messages);
  const { client, identity, project, chooseProject } = useSession();
  const isAdmin = identity.scopes.includes('admin');
  const { data } = useQuery({
    queryKey: ['projects'],
    enabled: isAdmin,
    queryFn: () => unwrap(client.GET('/v1/projects', { params: { query: { limit: 100 } } })),
  });
  if (!isAdmin) return <p className="project">{project}</p>;
  const ids = new Set([project, ...(data?.data.map(({ id }) => id) ?? [])]);
  return (
    <Field label={t('project')} labelHidden>
      {(control) => (
        <select {...control} value={project} onChange={({ target }) => chooseProject(target.value)}>
          {[...ids].toSorted().map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
