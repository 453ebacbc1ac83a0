import { LocalStackError } from '../errors.ts';
import type { Template } from '../template.ts';

interface PolicyConfig {
  readonly SecurityHeadersConfig?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly CustomHeadersConfig?: { readonly Items: readonly { Header: string; Value: string }[] };
}

type Setting = Readonly<Record<string, unknown>>;

/** The header of each security setting of a policy. */
const SECURITY_HEADERS: Readonly<Record<string, (setting: Setting) => [name: string, value: string]>> = {
  ContentSecurityPolicy: (it) => ['content-security-policy', String(it.ContentSecurityPolicy)],
  ContentTypeOptions: () => ['x-content-type-options', 'nosniff'],
  FrameOptions: (it) => ['x-frame-options', String(it.FrameOption)],
  ReferrerPolicy: (it) => ['referrer-policy', String(it.ReferrerPolicy)],
  StrictTransportSecurity: (it) => [
    'strict-transport-security',
    `max-age=${String(it.AccessControlMaxAgeSec)}`,
  ],
};

/**
 * Return the headers of a response headers policy in the template.
 *
 * @throws LocalStackError for an unknown setting, because ignoring it would weaken the headers
 */
export function responseHeaders(template: Template, policyId: string | undefined): Record<string, string> {
  const policy = policyId === undefined ? undefined : template.resources[policyId];
  const config = policy?.Properties?.ResponseHeadersPolicyConfig as PolicyConfig | undefined;
  const security = Object.entries(config?.SecurityHeadersConfig ?? {}).map(([name, setting]) => {
    const header = SECURITY_HEADERS[name];
    if (header === undefined)
      throw new LocalStackError(`The template sets the header ${name}, which the local stack does not know`);
    return header(setting);
  });
  const custom = config?.CustomHeadersConfig?.Items.map(({ Header, Value }) => [Header, Value]) ?? [];
  return Object.fromEntries([...security, ...custom]);
}
