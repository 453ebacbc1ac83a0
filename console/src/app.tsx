import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiError } from './api/api-error.ts';
import { LanguageProvider } from './i18n/language.tsx';
import { ZoneProvider } from './i18n/times.tsx';
import { UnsavedChangesProvider } from './navigation/unsaved-changes.tsx';
import { SessionProvider } from './session/session.tsx';
import { ProjectRoute } from './shell/project-route.tsx';
import { Shell } from './shell/shell.tsx';
import { ToastProvider } from './ui/toasts.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // Data from before the browser went offline is stale, however new it is.
      refetchOnReconnect: 'always',
      // A request that the API rejects is rejected again.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

export function App() {
  return (
    <LanguageProvider>
      <ZoneProvider>
        <QueryClientProvider client={queries}>
          <ToastProvider>
            <UnsavedChangesProvider>
              <SessionProvider>
                <ProjectRoute>
                  <Shell />
                </ProjectRoute>
              </SessionProvider>
            </UnsavedChangesProvider>
          </ToastProvider>
        </QueryClientProvider>
      </ZoneProvider>
    </LanguageProvider>
  );
}
