import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, unwrap } from '../../api/api-error.ts';
import type { Preview } from '../../api/types.ts';
import { parseExactly } from '../../format/json.ts';
import { useSession } from '../../session/session.tsx';
import { type Draft, settingsOf } from './draft.ts';

/** The event to preview: the latest matching one, a published one, or a sample or custom data. */
export type PreviewSource =
  | { readonly kind: 'latest' }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'data'; readonly type: string; readonly json: string };

const DEBOUNCE_MS = 350;
/** Used while the URL is empty, so that the body can be previewed. */
const PLACEHOLDER_URL = 'https://example.com/hook';

/** Load the request that the draft would send, once typing pauses. An invalid draft is an ApiError. */
export function usePreview(draft: Draft, source: PreviewSource) {
  const { reader, project } = useSession();
  const body = useDebounced(JSON.stringify(requestOf(draft, source)));
  return useQuery<Preview, Error>({
    queryKey: [project, 'preview', body],
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    retry: (count, error) => !(error instanceof ApiError) && count < 2,
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).POST('/v1/projects/{project}/subscriptions/preview', {
          params: { path: { project } },
          body: JSON.parse(body),
          // Keeps the number literals of the data.
          bodySerializer: () => body,
          headers: { 'content-type': 'application/json' },
        }),
      ),
  });
}

function requestOf(draft: Draft, source: PreviewSource): object {
  const settings = settingsOf(draft);
  const subscription = {
    ...settings,
    url: settings.url || PLACEHOLDER_URL,
    events: settings.events.length > 0 ? settings.events : ['*'],
  };
  if (source.kind === 'event') return { subscription, eventId: source.eventId };
  if (source.kind === 'latest') return { subscription };
  return { subscription, ...(source.type !== '' && { event: source.type }), data: dataOf(source.json) };
}

/** Parse the data. Text that is not JSON yet is sent as a string, so that the API reports the error. */
function dataOf(json: string): unknown {
  try {
    return parseExactly(json);
  } catch {
    return json;
  }
}

/** Return a value once it has not changed for a while. */
function useDebounced(value: string): string {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return debounced;
}
