import { Suspense, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useText } from '../i18n/language.tsx';
import { useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Loading } from '../ui/states.tsx';
import { Brand } from './brand.tsx';
import { Connection } from './connection.tsx';
import { messages } from './messages.ts';
import { Pages } from './pages.tsx';
import { Preferences } from './preferences.tsx';
import { ProjectChoice } from './project-choice.tsx';

const LINKS: readonly (readonly [href: string, text: keyof typeof messages, icon: IconName])[] = [
  ['/', 'overview', 'overview'],
  ['/subscriptions', 'subscriptions', 'subscriptions'],
  ['/log', 'log', 'log'],
  ['/events', 'events', 'events'],
  ['/jobs', 'jobs', 'replay'],
  ['/event-types', 'types', 'types'],
  ['/usage', 'usage', 'usage'],
];

/** The frame of every page: navigation on the left, or at the top on phones. */
export function Shell() {
  const t = useText(messages);
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(location);
  // Behave like a new document: screen readers announce the page, and it starts at the top.
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [location]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <aside className="sidebar">
        <Brand />
        <ProjectChoice />
        <nav aria-label={t('navigation')}>
          {LINKS.map(([href, text, icon]) => (
            <Link key={href} href={href} aria-current={isAt(location, href) ? 'page' : undefined}>
              <Icon name={icon} />
              {t(text)}
            </Link>
          ))}
        </nav>
        <Account />
      </aside>
      <main id="content" ref={main} tabIndex={-1}>
        <Connection />
        <ErrorBoundary page={location}>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

function isAt(location: string, href: string): boolean {
  return location === href || (href !== '/' && location.startsWith(`${href}/`));
}

function Account() {
  const t = useText(messages);
  const { identity, can, signOut } = useSession();
  return (
    <div className="account">
      <a href="/docs" target="_blank" rel="noreferrer">
        {t('reference')} <Icon name="external" />
      </a>
      <Preferences />
      <p className="key-name">
        {identity.name}
        {!can('manage') && <span className="tag">{t('readOnly')}</span>}
      </p>
      <Button kind="quiet" onClick={signOut}>
        {t('signOut')}
      </Button>
    </div>
  );
}
