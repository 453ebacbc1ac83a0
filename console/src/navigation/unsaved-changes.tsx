import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type AroundNavHandler, Router } from 'wouter';
import { useText } from '../i18n/language.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { messages } from './messages.ts';

interface UnsavedChanges {
  /** Ask before this page is left. @returns a function that stops asking */
  ask(): () => void;
  /** Whether leaving this page would ask. */
  isAsking(): boolean;
}

const UnsavedContext = createContext<UnsavedChanges | undefined>(undefined);

/** Ask before a form with unsaved changes is left: by a link, by the browser's buttons, or by closing the tab. */
export function UnsavedChangesProvider({ children }: { children: ReactNode }) {
  const t = useText(messages);
  const asking = useRef(new Set<symbol>());
  const [leave, setLeave] = useState<() => void>();
  const isAsking = useCallback(() => asking.current.size > 0, []);
  const goAnyway = useCallback((go: () => void) => {
    asking.current.clear();
    go();
  }, []);

  const aroundNav = useCallback<AroundNavHandler>(
    (navigate, to, options) => {
      const isSamePage = new URL(to, location.origin).pathname === location.pathname;
      if (isAsking() && !isSamePage) setLeave(() => () => navigate(to, options));
      else navigate(to, options);
    },
    [isAsking],
  );
  useHeldBack(isAsking, setLeave);

  const unsaved = useMemo<UnsavedChanges>(
    () => ({
      ask() {
        const form = Symbol('form');
        asking.current.add(form);
        return () => asking.current.delete(form);
      },
      isAsking,
    }),
    [isAsking],
  );
  return (
    <UnsavedContext value={unsaved}>
      <Router aroundNav={aroundNav}>
        {children}
        {leave && (
          <ConfirmDialog
            title={t('leaveTitle')}
            action={t('leave')}
            danger
            busy={false}
            onConfirm={() => {
              setLeave(undefined);
              goAnyway(leave);
            }}
            onClose={() => setLeave(undefined)}
          >
            {t('leaveText')}
          </ConfirmDialog>
        )}
      </Router>
    </UnsavedContext>
  );
}

/** Hold back what does not go through a link of the page: the browser's buttons, and closing or reloading the tab. */
function useHeldBack(isAsking: () => boolean, setLeave: (leave: () => () => void) => void): void {
  useEffect(() => {
    const onTraverse = (event: NavigateEvent) => {
      const { key } = event.destination;
      if (event.navigationType !== 'traverse' || !event.cancelable || !isAsking()) return;
      event.preventDefault();
      setLeave(() => () => void navigation.traverseTo(key));
    };
    // The browser asks in its own words. A page cannot show a dialog while it is unloaded.
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isAsking()) event.preventDefault();
    };
    // Browsers without the navigation API do not let a page hold back their buttons.
    const traversals = 'navigation' in window ? navigation : undefined;
    traversals?.addEventListener('navigate', onTraverse);
    addEventListener('beforeunload', onUnload);
    return () => {
      traversals?.removeEventListener('navigate', onTraverse);
      removeEventListener('beforeunload', onUnload);
    };
  }, [isAsking, setLeave]);
}

/**
 * Ask before the page is left while a form has unsaved changes.
 *
 * @returns a function to call once they have been saved
 */
export function useUnsavedChanges(hasChanges: boolean): () => void {
  const unsaved = useContext(UnsavedContext);
  const stop = useRef<() => void>(undefined);
  useEffect(() => {
    if (!hasChanges) return;
    stop.current = unsaved?.ask();
    return () => stop.current?.();
  }, [hasChanges, unsaved]);
  return useCallback(() => stop.current?.(), []);
}

/** Return a function that says whether the page has unsaved changes. */
export function useHasUnsavedChanges(): () => boolean {
  const unsaved = useContext(UnsavedContext);
  return useCallback(() => unsaved?.isAsking() === true, [unsaved]);
}
