import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { built, run } from '../support/tool-chains.ts';

const APP = resolve('examples/zapier');
/** The licence of Zapier's platform is no open one, so it is no dependency of the package. */
const FILES = ['package.json', 'package-lock.json', 'index.js'];
const TESTER = resolve('test/judges/zapier/run.cjs');

const CUSTOMER = { codecustomer: 'C42', name: "A L'ATELIER DE DIJON", city: 'Dijon' };

describe("the example of an app for Zapier, in Zapier's app tester", () => {
  const stack = useStack();
  const receiver = useReceiver();
  let app: string;
  let authData: Readonly<Record<string, string>>;

  /** Run an operation of the app as Zapier does. */
  const zapier = async (operation: string, bundle: object) => {
    const inputData = { event: 'NewCustomer' };
    const args = [TESTER, operation, JSON.stringify({ inputData, ...bundle })];
    return JSON.parse(await run(process.execPath, args, app));
  };

  beforeAll(async () => {
    const files = FILES.map((file) => join(APP, file));
    app = await built('zapier', files, async (folder) => {
      mkdirSync(folder);
      for (const file of FILES) copyFileSync(join(APP, file), join(folder, file));
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
    });
    const { id, secret } = await stack().newKey(['manage']);
    authData = { url: stack().outputs.apiUrl, projectCode: stack().project, userName: id, password: secret };
    authData = { ...authData, ...(await zapier('getToken', { authData })) };
  });

  it('connects an account', async () => {
    expect(authData.sessionKey).toMatch(/^ancrage_token_/);
    expect(await zapier('test', { authData })).toEqual({ result: expect.any(Object) });
  });

  it('rejects an account with a wrong password', async () => {
    const wrong = zapier('getToken', { authData: { ...authData, password: 'wrong' } });
    await expect(wrong).rejects.toThrow('RefreshAuthError');
  });

  it('subscribes, lists samples, performs, and unsubscribes with what subscribing returned', async () => {
    const subscribeData = await zapier('performSubscribe', { authData, targetUrl: receiver.url('/zap') });
    const { codeWebhookSubscription } = subscribeData.result;

    const samples = await zapier('performList', { authData });
    expect(samples[0]).toMatchObject({ id: 'C0000001', result: { city: 'Dijon' } });

    await stack().publish({ type: 'NewCustomer', data: CUSTOMER });
    const [request] = await receiver.waitFor(1, to('/zap'));
    const cleanedRequest = JSON.parse(request?.body ?? '');
    expect(await zapier('perform', { authData, cleanedRequest })).toEqual([{ id: 'C42', result: CUSTOMER }]);
    expect(await zapier('performList', { authData })).toEqual([{ id: 'C42', result: CUSTOMER }]);

    const path = `subscriptions/${codeWebhookSubscription}`;
    expect((await stack().call('GET', path)).status).toBe(200);
    expect(await zapier('performUnsubscribe', { authData, subscribeData })).toEqual(subscribeData);
    expect((await stack().call('GET', path)).status).toBe(404);
  });
});
