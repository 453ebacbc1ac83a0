import { CodeEditor } from '../../editor/code-editor.tsx';
import { useText } from '../../i18n/language.tsx';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { Section } from './section.tsx';
import { SettingGroup } from './setting.tsx';

export function ConditionSection() {
  const t = useText(messages);
  const { draft, change, faultOf } = useForm();
  return (
    <Section title={t('condition')}>
      <SettingGroup name="condition" legend={t('conditionLabel')} hint={t('conditionHint')}>
        <CodeEditor
          label={t('conditionLabel')}
          description={faultOf('condition') ?? t('conditionHint')}
          invalid={faultOf('condition') !== undefined}
          language="python"
          lines={2}
          placeholder="data.total > 1000"
          value={draft.condition ?? ''}
          onChange={(condition) => change({ condition })}
        />
      </SettingGroup>
    </Section>
  );
}
