export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'ancrage.theme';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Apply and store a theme; `system` follows the browser. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  document.documentElement.dataset.theme = theme;
}
