import { globSync, readFileSync } from 'node:fs';

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface PolicyFile {
  readonly path: string;
  readonly text: string;
  readonly document: { readonly Version: string; readonly Statement: readonly PolicyStatement[] };
}

/** The policies of `examples/iam`: of the caller, and of the role that CloudFormation works with. */
export const POLICY_FILES: readonly PolicyFile[] = globSync('examples/iam/*.json')
  .toSorted()
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, text, document: JSON.parse(text) };
  });

/** The actions that CloudFormation's registry lists for each resource type that a template may have. */
export const HANDLER_PERMISSIONS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync('test/infra/handler-permissions.json', 'utf8'),
);
