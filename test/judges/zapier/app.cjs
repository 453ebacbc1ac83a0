/**
 * An app of Zapier's for Weavy's REST hooks, run by Zapier's own tester: the name of an operation and its bundle in, JSON out.
 * Its modules are where the working directory has them.
 */
const { createRequire } = require('node:module');

const zapier = createRequire(`${process.cwd()}/package.json`)('zapier-platform-core');

const [operation, bundleText, api] = process.argv.slice(2);

const entryPoint = (z, bundle, code, body) =>
  z.request({
    url: `${api}/v1/EntryPoints/${bundle.authData.projectCode}/process/`,
    params: { c: code },
    method: 'POST',
    body,
  });

/** Zapier wants an id in each item. */
const withId = (items) => items.map((item) => ({ id: Object.values(item.result)[0], ...item }));

const App = {
  version: '1.0.0',
  platformVersion: zapier.version,
  authentication: {
    type: 'session',
    fields: [{ key: 'projectCode' }, { key: 'userName' }, { key: 'password', type: 'password' }],
    sessionConfig: {
      async perform(z, bundle) {
        const { projectCode, userName, password } = bundle.authData;
        const { data } = await z.request({
          url: `${api}/v1/Authenticate`,
          method: 'POST',
          body: { scope: 'API', projectCode, userName, password },
        });
        return { sessionKey: data.authToken };
      },
    },
    test: (z, bundle) =>
      entryPoint(z, bundle, 'EPT_WebhookPerformList', { event: 'NewCustomer' }).then(({ data }) => data[0]),
  },
  beforeRequest: [
    (request, _, bundle) => {
      const { sessionKey } = bundle.authData ?? {};
      if (sessionKey) request.headers.Authorization = `Bearer ${sessionKey}`;
      return request;
    },
  ],
  triggers: {
    newCustomer: {
      key: 'newCustomer',
      noun: 'Customer',
      display: { label: 'New Customer', description: 'Triggers when a customer was created.' },
      operation: {
        type: 'hook',
        performSubscribe: (z, bundle) =>
          entryPoint(z, bundle, 'EPT_WebhookSubscribe', {
            event: 'NewCustomer',
            hookUrl: bundle.targetUrl,
          }).then(({ data }) => data),
        performUnsubscribe: (z, bundle) =>
          entryPoint(z, bundle, 'EPT_WebhookUnsubscribe', bundle.subscribeData).then(({ data }) => data),
        perform: (_, bundle) => withId([bundle.cleanedRequest]),
        performList: (z, bundle) =>
          entryPoint(z, bundle, 'EPT_WebhookPerformList', { event: 'NewCustomer' }).then(({ data }) =>
            withId(data),
          ),
      },
    },
  },
};

const OPERATIONS = {
  getToken: App.authentication.sessionConfig.perform,
  test: App.authentication.test,
  ...App.triggers.newCustomer.operation,
};

zapier
  .createAppTester(App)(OPERATIONS[operation], JSON.parse(bundleText))
  .then((result) => process.stdout.write(JSON.stringify(result)))
  .catch((error) => {
    process.stderr.write(String(error.stack ?? error));
    process.exitCode = 1;
  });
