import type { Usage } from '../../api/types.ts';
import { useUsage } from '../../api/usage.ts';
import { useText } from '../../i18n/language.tsx';
import { limitsOf } from '../../limits/limits.ts';
import { useLimitText } from '../../limits/use-limit-text.ts';
import { useSession } from '../../session/session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { messages } from './messages.ts';

export default function UsagePage() {
  const t = useText(messages);
  const { project } = useSession();
  const query = useUsage();
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead', { project })} />
      <QueryView query={query}>{(usage) => <Limits usage={usage} />}</QueryView>
    </>
  );
}

function Limits({ usage }: { usage: Usage }) {
  const t = useText(messages);
  const textOf = useLimitText(usage);
  return (
    <section className="card">
      <table>
        <caption className="visually-hidden">{t('list')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('resource')}</th>
            <th scope="col" className="number">
              {t('used')}
            </th>
            <th scope="col" className="number">
              {t('limit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {limitsOf(usage).map((row) => {
            const { name, used, limit, beyond } = textOf(row);
            return (
              <tr key={row.name}>
                <th scope="row">
                  {name}
                  <p className="hint">{beyond}</p>
                </th>
                <td className="number">{used}</td>
                <td className="number">{limit}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
