/**
 * The page's script: search in the contents, and the language of the examples. It reads what the page says, makes no requests
 * and runs no text as code. Without it, the page shows everything, and its examples in curl.
 */
export const script = `'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const box = document.querySelector('.search');
  const input = box.querySelector('input');
  const found = box.querySelector('[role=status]');
  const contents = document.querySelector('.side details');
  const entries = all('.side li').map((item) => {
    const link = item.querySelector('a');
    const id = decodeURIComponent(link.hash.slice(1));
    const route = document.getElementById(id).querySelector('.route');
    const chapter = item.parentElement.previousElementSibling.textContent;
    const text = [link.textContent, id, route ? route.textContent : '', chapter].join(' ').toLowerCase();
    return { item, link, text };
  });
  const shown = () => entries.filter(({ item }) => !item.hidden).map(({ link }) => link);

  const search = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    for (const { item, text } of entries) item.hidden = !words.every((word) => text.includes(word));
    for (const list of all('.side ul')) {
      list.hidden = list.previousElementSibling.hidden = all('li:not([hidden])', list).length === 0;
    }
    if (words.length > 0) contents.open = true;
    const count = shown().length;
    found.textContent = words.length === 0 ? '' : count === 0 ? 'Nothing found' : count + ' found';
  };
  input.addEventListener('input', search);

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = shown();
    const at = links.indexOf(target);
    if (key === '/' && target !== input) {
      input.focus();
      input.select();
    } else if (key === 'Escape' && (target === input || at >= 0)) {
      if (input.value === '' && target === input) input.blur();
      else input.focus();
      input.value = '';
      search();
    } else if (key === 'ArrowDown' && (target === input || at >= 0)) {
      contents.open = true;
      (links[at + 1] || target).focus();
    } else if (key === 'ArrowUp' && at >= 0) {
      (links[at - 1] || input).focus();
    } else if (key === 'Enter' && target === input) {
      if (input.value.trim() !== '' && links[0]) links[0].click();
    } else return;
    event.preventDefault();
  });
  box.hidden = false;

  // A private window may have no storage.
  const storage = (use) => {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  };
  const KEY = 'ancrage-docs-language';
  const show = (language) => {
    for (const example of all('[data-language]')) example.hidden = example.dataset.language !== language;
    for (const button of all('.languages button')) {
      button.setAttribute('aria-pressed', String(button.textContent === language));
    }
  };
  const languages = all('[data-language]', document.querySelector('.examples')).map(({ dataset }) => dataset.language);
  for (const examples of all('.operation .examples')) {
    const group = document.createElement('div');
    group.className = 'languages';
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', 'Language of the examples');
    for (const language of languages) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = language;
      button.addEventListener('click', () => {
        const before = button.getBoundingClientRect().top;
        show(language);
        // The examples above have changed their height.
        scrollBy({ top: button.getBoundingClientRect().top - before, behavior: 'instant' });
        storage((kept) => kept.setItem(KEY, language));
      });
      group.append(button);
    }
    examples.querySelector('h4').after(group);
  }
  const kept = storage((stored) => stored.getItem(KEY));
  show(languages.includes(kept) ? kept : languages[0]);
})();
`;
