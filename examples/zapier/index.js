/**
 * An app for Zapier: an account is a project and a key of Ancrage with the scope `manage`, and a trigger subscribes the Zap's URL to an
 * event type over Weavy's REST hooks. Upload it with `npx zapier-platform-cli push`.
 */
const { version: platformVersion } = require('zapier-platform-core');

const entryPoint = async (z, { authData }, code, body) => {
  const { data } = await z.request({
    url: `${authData.url}/v1/EntryPoints/${authData.projectCode}/process/`,
    params: { c: code },
    method: 'POST',
    body,
  });
  return data;
};

/** Zapier wants an id in each item. */
const withId = (items) => items.map((item) => ({ id: Object.values(item.result)[0], ...item }));

module.exports = {
  version: require('./package.json').version,
  platformVersion,
  authentication: {
    type: 'session',
    fields: [
      { key: 'url', label: 'URL', helpText: 'Where Ancrage is, such as `https://hooks.example.com`.' },
      { key: 'projectCode', label: 'Project' },
      { key: 'userName', label: 'Id of a key', helpText: 'The key needs the scope `manage`.' },
      { key: 'password', label: 'Secret of the key', type: 'password' },
    ],
    sessionConfig: {
      async perform(z, { authData: { url, projectCode, userName, password } }) {
        const { data } = await z.request({
          url: `${url}/v1/Authenticate`,
          method: 'POST',
          body: { scope: 'API', projectCode, userName, password },
        });
        return { sessionKey: data.authToken };
      },
    },
    test: async (z, bundle) => {
      const [sample] = await entryPoint(z, bundle, 'EPT_WebhookPerformList', { event: 'NewCustomer' });
      return sample;
    },
  },
  beforeRequest: [
    (request, _, { authData }) => {
      if (authData?.sessionKey) request.headers.Authorization = `Bearer ${authData.sessionKey}`;
      return request;
    },
  ],
  triggers: {
    event: {
      key: 'event',
      noun: 'Event',
      display: { label: 'New Event', description: 'Triggers when an event of a type was published.' },
      operation: {
        type: 'hook',
        inputFields: [{ key: 'event', label: 'Event type', required: true, default: 'NewCustomer' }],
        performSubscribe: (z, bundle) =>
          entryPoint(z, bundle, 'EPT_WebhookSubscribe', {
            event: bundle.inputData.event,
            hookUrl: bundle.targetUrl,
          }),
        performUnsubscribe: (z, bundle) =>
          entryPoint(z, bundle, 'EPT_WebhookUnsubscribe', bundle.subscribeData),
        perform: (_, { cleanedRequest }) => withId([cleanedRequest]),
        performList: async (z, bundle) =>
          withId(await entryPoint(z, bundle, 'EPT_WebhookPerformList', { event: bundle.inputData.event })),
      },
    },
  },
};
