import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, answerOf } from '../../api/api-error.ts';
import type { Preview } from '../../api/types.ts';
import { parseExactly } from '../../format/json.ts';
import { useSession } from '../../session/session.tsx';
import { type Draft, settingsOf } from './draft.ts';

/** What the previewed request is made of: the latest that fits, a type's sample, a published event, or own data. */
export type PreviewSource =
  | { readonly kind: 'latest' }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'data'; readonly type: string; readonly json: string };

const QUIET_MS = 350;
/** Stands in until there is a URL: the body can be looked at before. */
const ANY_URL = 'https://example.com/hook';

/** The request that the draft would make, asked for when typing pauses. Faults of the draft are an ApiError's. */
export function usePreview(draft: Draft, source: PreviewSource) {
  const { client, project } = useSession();
  const body = useQuiet(JSON.stringify(requestOf(draft, source)));
  return useQuery<Preview, Error>({
    queryKey: [project, 'preview', body],
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    retry: (count, error) => !(error instanceof ApiError) && count < 2,
    queryFn: () =>
      answerOf(
        client.POST('/v1/projects/{project}/subscriptions/preview', {
          params: { path: { project } },
          body: JSON.parse(body),
          // As it was written, down to the digits of its numbers.
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
    url: settings.url || ANY_URL,
    events: settings.events.length > 0 ? settings.events : ['*'],
  };
  if (source.kind === 'event') return { subscription, eventId: source.eventId };
  if (source.kind === 'latest') return { subscription };
  return { subscription, ...(source.type !== '' && { event: source.type }), data: dataOf(source.json) };
}

/** Data that is no JSON yet is sent as it is, so that the API says what is wrong with it. */
function dataOf(json: string): unknown {
  try {
    return parseExactly(json);
  } catch {
    return json;
  }
}

/** A value, once it has stayed the same for a while. */
function useQuiet(value: string): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
}
