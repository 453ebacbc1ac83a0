/**
 * Run a workflow with n8n's engine and n8n's nodes, once for each request: a JSON text `{workflow, secret, requests}` in, for each request
 * the status and the ids that reached the last node out, after the faults that n8n finds in the nodes' parameters. n8n's HTTP server
 * and database take no part: a request enters as what the webhook node returns for it, and keys of duplicates are kept in memory.
 */
const { createRequire } = require('node:module');
const { text } = require('node:stream/consumers');

// Its settings are not the user's.
process.env.N8N_USER_FOLDER = process.cwd();
const n8n = createRequire(`${process.cwd()}/package.json`);
const { DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } = n8n('n8n-core');
const { NodeHelpers, Workflow, createRunExecutionData } = n8n('n8n-workflow');

/** Expressions may name the instance's URLs. */
const HERE = 'http://127.0.0.1:5678/';

const FILES = {
  webhook: 'Webhook/Webhook.node.js',
  crypto: 'Crypto/Crypto.node.js',
  if: 'If/If.node.js',
  respondToWebhook: 'RespondToWebhook/RespondToWebhook.node.js',
  removeDuplicates: 'Transform/RemoveDuplicates/RemoveDuplicates.node.js',
  noOp: 'NoOp/NoOp.node.js',
};
const load = (type) => {
  const [name] = type.split('.').slice(-1);
  return new (Object.values(n8n(`n8n-nodes-base/dist/nodes/${FILES[name]}`))[0])();
};
const nodeTypes = {
  getByName: load,
  getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(load(type), version),
  getKnownTypes: () => ({}),
};

const seen = new Set();
const deduplicator = {
  getProcessedDataCount: async () => seen.size,
  async checkProcessedAndRecord(keys) {
    const fresh = keys.filter((key) => !seen.has(key));
    for (const key of fresh) seen.add(key);
    return { new: fresh, processed: keys.filter((key) => !fresh.includes(key)) };
  },
};

async function handle(definition, secret, { headers, body }) {
  // As a user does after an import.
  const nodes = definition.nodes.map((node) =>
    node.type === 'n8n-nodes-base.crypto'
      ? { ...node, credentials: { crypto: { id: '1', name: 'Ancrage' } } }
      : node,
  );
  const workflow = new Workflow({ ...definition, nodes, id: 'example', active: false, nodeTypes });
  const hooks = new ExecutionLifecycleHooks('webhook', '1', definition);
  let status;
  hooks.addHandler('sendResponse', ({ statusCode }) => {
    status = statusCode;
  });
  const additionalData = {
    hooks,
    executionId: '1',
    variables: {},
    restApiUrl: HERE,
    instanceBaseUrl: HERE,
    formWaitingBaseUrl: HERE,
    webhookBaseUrl: HERE,
    webhookWaitingBaseUrl: HERE,
    webhookTestBaseUrl: HERE,
    setExecutionStatus() {},
    credentialsHelper: {
      isCredentialUsableByNode: () => true,
      getParentTypes: () => [],
      getDecrypted: async () => ({ hmacSecret: secret }),
    },
  };
  const received = {
    json: { headers, params: {}, query: {}, body: JSON.parse(body) },
    binary: { data: { data: Buffer.from(body).toString('base64'), mimeType: 'application/json' } },
  };
  const engine = new WorkflowExecute(additionalData, 'webhook', createRunExecutionData?.());
  const { data } = await engine.run({
    workflow,
    startNode: workflow.getNode('Webhook'),
    pinData: { Webhook: [received] },
  });
  const { error, runData } = data.resultData;
  if (error) throw error;
  const items = runData['Your work']?.[0].data.main[0] ?? [];
  return { status, ids: items.map(({ json }) => json.headers['webhook-id']) };
}

(async () => {
  const { workflow, secret, requests } = JSON.parse(await text(process.stdin));
  await DataDeduplicationService.init(deduplicator);
  const faults = workflow.nodes.flatMap((node) => {
    const { properties } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description;
    const unknown = Object.keys(node.parameters).filter(
      (name) => !properties.some((property) => property.name === name),
    );
    const issues = NodeHelpers.getNodeParametersIssues(properties, node, null);
    return [
      ...unknown.map((name) => `${node.name} has no ${name}`),
      ...(issues ? [JSON.stringify(issues)] : []),
    ];
  });
  const results = [];
  for (const request of requests) results.push(await handle(workflow, secret, request));
  process.stdout.write(JSON.stringify({ faults, results }));
})().catch((error) => {
  process.stderr.write(String(error.stack ?? error));
  process.exitCode = 1;
});
