import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { regional } from '../../format/time.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useFrontDialog } from '../open-dialogs.ts';

/** React Aria adds a style of this id to the document, unless there is one. The content security policy blocks it. */
const STYLE_ID = 'react-aria-pressable-style';

if (document.getElementById(STYLE_ID) === null) {
  // Its only rule is in popover.css.
  const placeholder = document.createElement('meta');
  placeholder.id = STYLE_ID;
  document.head.append(placeholder);
}

/** Gives React Aria the language of the console, and formats as the user's region has them. */
export function AriaRoot({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  return <I18nProvider locale={regional(language)}>{children}</I18nProvider>;
}

/** Return the prop that puts a popover into the dialog in front, outside which all is inert, or else into the page. */
export function usePopoverPlace(): { readonly UNSTABLE_portalContainer?: HTMLElement } {
  const place = useFrontDialog() ?? document.getElementById('content');
  return place === null ? {} : { UNSTABLE_portalContainer: place };
}
