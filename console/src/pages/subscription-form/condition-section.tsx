import { useText } from '../../i18n/language.tsx';
import { messages } from './messages.ts';
import { CodeSetting, Section } from './setting.tsx';

export function ConditionSection() {
  const t = useText(messages);
  return (
    <Section title={t('condition')}>
      <CodeSetting
        name="condition"
        legend={t('conditionLabel')}
        hint={t('conditionHint')}
        language="python"
        lines={2}
        placeholder="data.total > 1000"
      />
    </Section>
  );
}
