import { beforeAll, describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const FRENCH = { locale: 'fr-FR' };
/** As French writes it before a colon. */
const nb = '\u00a0';

describe('a console in French', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  let id: string;
  beforeAll(async () => {
    const settings = { url: receiver.url('/'), events: ['order.paid'], format: 'template' };
    ({ id } = await project().subscribe({ ...settings, template: '{{ 1 / data.count }}', retry: 'none' }));
    const body = { event: 'order.paid', data: { count: 0 } };
    const tested = await project().call('POST', `${project().path}/subscriptions/${id}/test`, body);
    expect(tested.body.detail).toBe('line 1: division by zero');
  });

  it('says in French why an attempt failed', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`, FRENCH);
    await page
      .getByRole('grid', { name: /^Tentatives/ })
      .getByRole('link')
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await waitForContent(dialog.getByText(`ligne 1${nb}: division par zéro`));
  });

  it('shows beside a field what the API says of it in French', async () => {
    const page = await openSignedIn(`/subscriptions/${id}/edit`, FRENCH);
    const preview = page.getByRole('region', { name: 'Aperçu' });
    await waitForContent(preview.getByText('types d’opérandes non pris en charge').first());
    const template = page.getByLabel('Template', { exact: true }).and(page.locator('[contenteditable]'));
    await template.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('{{ data. }}');
    await expect.poll(() => template.innerText()).toBe('{{ data. }}');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const reason = `n’est pas un template valide${nb}: ligne 1${nb}: nom ou nombre attendu après le point`;
    await waitForContent(page.getByText(reason).filter({ visible: true }).first());
  });

  it('shows the catalogue in the language that is chosen, also after a change', async () => {
    const page = await openSignedIn('/event-types', FRENCH);
    await waitForContent(page.getByText('Un client a été créé'));
    await page.getByLabel('Langue').selectOption('en');
    await waitForContent(page.getByText('A customer was created'));
    await page.getByRole('button', { name: 'Load a catalogue' }).click();
    await waitForContent(page.getByText('Document events of the common DocTypes in Dokos and ERPNext'));
  });
});
