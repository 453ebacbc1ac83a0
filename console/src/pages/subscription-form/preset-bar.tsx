import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { PRESET_SETTINGS, PRESETS } from './presets.ts';

/** Buttons that set many settings at once to match another system. */
export function PresetBar() {
  const t = useText(messages);
  const { change } = useForm();
  return (
    <fieldset className="presets">
      <legend>{t('presets')}</legend>
      {PRESETS.map((preset) => (
        <Button key={preset} onClick={() => change(PRESET_SETTINGS[preset])}>
          {t(`${preset}Preset`)}
        </Button>
      ))}
    </fieldset>
  );
}
