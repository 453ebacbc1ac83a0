import type { S3Client } from '@aws-sdk/client-s3';
import type { LargeBodies } from '../../ports/large-bodies.ts';

/** A bucket answers within a fraction of a second, and whoever waits has other messages to handle. */
const TIMEOUT_MS = 5000;

const openClient = async () => {
  const sdk = await import('@aws-sdk/client-s3');
  const timeouts = { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS };
  return { sdk, client: new sdk.S3Client({ requestHandler: timeouts }) };
};

interface Opened {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
}

/**
 * Keep large bodies in a bucket.
 *
 * @param open opens the client, at the first use: most invocations see no large body
 */
export function largeBodiesIn(bucket: string, open: () => Promise<Opened> = openClient): LargeBodies {
  let opened: Promise<Opened> | undefined;
  const use = () => {
    opened ??= open();
    return opened;
  };
  return {
    async put(Key, Body) {
      const { sdk, client } = await use();
      await client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key, Body }));
    },
    async get(Key) {
      const { sdk, client } = await use();
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key }));
        if (Body === undefined) throw new Error(`The object ${Key} has no body.`);
        return await Body.transformToByteArray();
      } catch (error) {
        // S3 answers "access denied" instead if the caller may not list the bucket.
        if (error instanceof sdk.NoSuchKey) return null;
        throw error;
      }
    },
    async delete(Key) {
      const { sdk, client } = await use();
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key }));
    },
  };
}
