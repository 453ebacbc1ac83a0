import { Fragment, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useText } from '../i18n/language.tsx';
import { useSession } from '../session/session.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import { messages } from './messages.ts';

/** The address of a project's overview from anywhere. `~` leaves the routes of the project that is shown. */
export const addressOf = (project: string, page = ''): string => `~/p/${project}/${page}`;

/** Show the project in the address, `/p/<project>/…`. An address without one leads to the project of the key. */
export function ProjectRoute({ children }: { children: ReactNode }) {
  const { identity, project } = useSession();
  const isVisible = project === identity.project || identity.scopes.includes('admin');
  return (
    <Switch>
      <Route path="/p/:project" nest>
        {isVisible ? <Fragment key={project}>{children}</Fragment> : <OtherProject />}
      </Route>
      <Route>
        <ToOwnProject />
      </Route>
    </Switch>
  );
}

function ToOwnProject() {
  const { identity } = useSession();
  const [location] = useLocation();
  const search = useSearch();
  return <Redirect to={`/p/${identity.project}${location}${search && `?${search}`}`} replace />;
}

function OtherProject() {
  const t = useText(messages);
  const { identity, project } = useSession();
  const own = identity.project;
  return (
    <main className="loading-page">
      <Empty
        icon="warning"
        title={t('otherProject', { project })}
        action={
          <ButtonLink kind="primary" href={addressOf(own)}>
            {t('toOwnProject', { project: own })}
          </ButtonLink>
        }
      >
        {t('otherProjectNext', { project: own })}
      </Empty>
    </main>
  );
}
