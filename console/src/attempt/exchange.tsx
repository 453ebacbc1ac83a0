import type { Attempt } from '../../../client/index.ts';
import { isErased } from '../api/attempts.ts';
import { toCurl } from '../format/curl.ts';
import { useText } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { CodeView } from '../ui/code-view.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { HeaderList } from '../ui/header-list.tsx';
import { Failure } from '../ui/states.tsx';
import { messages } from './messages.ts';
import { Reason } from './reason.tsx';
import { useFullBody } from './use-full-body.ts';

/** The request and response of an attempt, side by side. */
export function Exchange({ attempt }: { attempt: Attempt }) {
  const t = useText(messages);
  const { request, redirects = [], response } = attempt;
  const body = useFullBody(attempt);
  if (isErased(attempt))
    return (
      <p className="request-line">
        <strong>{request.method}</strong> → {response ? <strong>{response.status}</strong> : t('noResponse')}
        <span className="hint"> {t('erased')}</span>
      </p>
    );
  return (
    <div className="exchange">
      <section>
        <header>
          <h3>{t('request')}</h3>
          <CopyButton text={toCurl({ ...request, body: body.text })} label={t('curl')} />
        </header>
        <p className="request-line">
          <strong>{request.method}</strong> {request.url}
        </p>
        <Headers headers={request.headers} />
        <CodeView label={t('requestBody')} text={body.text} />
        {body.isCut && (
          <p className="hint">
            {request.truncated === undefined ? t('truncated') : t('leftOut', { why: request.truncated })}{' '}
            {body.isOther && t('otherBody')}
          </p>
        )}
        {body.load && (
          <Button kind="quiet" busy={body.isLoading} onClick={body.load}>
            {t('fullBody')}
          </Button>
        )}
        {body.error && <Failure error={body.error} />}
      </section>
      <section>
        <header>
          <h3>{t('response')}</h3>
        </header>
        {redirects.map(({ status, method, location }) => (
          <p className="request-line" key={`${status} ${location}`}>
            {status} → <strong>{method}</strong> {location}
          </p>
        ))}
        <p className={`request-line ${attempt.outcome}`}>
          {response ? <strong>{response.status}</strong> : t('noResponse')}
          {attempt.error !== null && attempt.error !== 'status' && (
            <span>
              <Reason attempt={attempt} />
            </span>
          )}
        </p>
        {response && (
          <>
            <Headers headers={response.headers} />
            <CodeView label={t('responseBody')} text={response.body} />
            {response.truncated !== undefined && (
              <p className="hint">{t('leftOut', { why: response.truncated })}</p>
            )}
          </>
        )}
      </section>
    </div>
  );
}

function Headers({ headers }: { headers: Readonly<Record<string, string>> }) {
  const t = useText(messages);
  return (
    <details>
      <summary>{t('headers', { count: Object.keys(headers).length })}</summary>
      <HeaderList headers={headers} />
    </details>
  );
}
