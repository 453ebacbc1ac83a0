import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { unwrap } from '../api/api-error.ts';
import { useText } from '../i18n/language.tsx';
import { useSession } from '../session/session.tsx';
import { Field } from '../ui/field.tsx';
import { messages } from './messages.ts';
import { addressOf } from './project-route.tsx';

/** The project of the key; an admin key can select any project. */
export function ProjectChoice() {
  const t = useText(messages);
  const { reader, identity, project } = useSession();
  const [location, go] = useLocation();
  // A subscription or an event belongs to its project, but every project has the same lists.
  const page = location.split('/')[1] ?? '';
  const isAdmin = identity.scopes.includes('admin');
  const { data } = useQuery({
    queryKey: ['projects'],
    enabled: isAdmin,
    queryFn: ({ signal }) =>
      unwrap(reader(signal).GET('/v1/projects', { params: { query: { limit: 100 } } })),
  });
  if (!isAdmin) return <p className="project">{project}</p>;
  const ids = new Set([project, ...(data?.data.map(({ id }) => id) ?? [])]);
  return (
    <Field label={t('project')} labelHidden>
      {(control) => (
        <select {...control} value={project} onChange={({ target }) => go(addressOf(target.value, page))}>
          {[...ids].toSorted().map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
