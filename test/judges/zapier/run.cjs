/** Run an operation of the app in the working directory with Zapier's own tester: its name and its bundle in, JSON out. */
const { createRequire } = require('node:module');

const require_ = createRequire(`${process.cwd()}/package.json`);
const app = require_('./index.js');
const zapier = require_('zapier-platform-core');
const [operation, bundleText] = process.argv.slice(2);

const OPERATIONS = {
  getToken: app.authentication.sessionConfig.perform,
  test: app.authentication.test,
  ...app.triggers.event.operation,
};

zapier
  .createAppTester(app)(OPERATIONS[operation], JSON.parse(bundleText))
  .then((result) => process.stdout.write(JSON.stringify(result)))
  .catch((error) => {
    process.stderr.write(String(error.stack ?? error));
    process.exitCode = 1;
  });
