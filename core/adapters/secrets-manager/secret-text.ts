/** Secrets Manager answers within some ten milliseconds, and a request waits for it. */
const TIMEOUT_MS = 2000;

const openClient = async () => {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  const timeouts = { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS };
  return { sdk, client: new sdk.SecretsManagerClient({ requestHandler: timeouts, maxAttempts: 2 }) };
};

/** Return a reader of a secret's text. The client is loaded at once, while a function starts: every request will need it. */
export function secretText(arn: string): () => Promise<string> {
  const opened = openClient();
  return async () => {
    const { sdk, client } = await opened;
    const { SecretString } = await client.send(new sdk.GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined) throw new Error('The secret has no text.');
    return SecretString;
  };
}
