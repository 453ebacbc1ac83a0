import { describe, expect, it } from 'vitest';
import { RenderError } from '../../../../core/kernel/errors.ts';
import type { Project } from '../../../../core/model/project.ts';
import { makeRequest } from '../../../../core/request/outgoing-request.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

function open(project: Project | null) {
  const asked: string[] = [];
  const get = async (id: string) => {
    asked.push(id);
    return project;
  };
  return {
    asked,
    make: (format: string) => makeRequest({ get }, subscriptionRecord({ format }), eventRecord(), NOW),
  };
}

describe('makeRequest', () => {
  it('reads the project if the format needs it', async () => {
    const { asked, make } = open(projectRecord({ id: 'erp', exportKey: 'k' }));
    expect((await make('hirehop')).body).toContain('"export_key":"k"');
    expect(asked).toEqual(['erp']);
  });

  it.each(['standard', 'data', 'weavy', 'cloudevents'])('reads nothing for the format %s', async (format) => {
    const { asked, make } = open(null);
    await make(format);
    expect(asked).toEqual([]);
  });

  it('throws a RenderError if there is no such project or format', async () => {
    const { make } = open(null);
    await expect(make('hirehop')).rejects.toThrow(RenderError);
    await expect(make('xml')).rejects.toThrow(RenderError);
  });
});
