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

  it('reads the project if a template makes links, which begin with its address', async () => {
    const template =
      '["{{ utils.get_url_to_form("Sales Invoice", "A 1") }}", "{{ frappe.get_url("files/a") }}", "{{ utils.get_url_to_list("Task") }}", "{{ utils.get_url_to_report("Aged Debt") }}", {{ utils.get_link_to_form("Task", "T1") | tojson }}]';
    const subscription = subscriptionRecord({ format: 'template', template });
    const site = { get: async () => projectRecord({ siteUrl: 'https://erp.example.com' }) };
    expect(JSON.parse((await makeRequest(site, subscription, eventRecord(), NOW)).body)).toEqual([
      'https://erp.example.com/app/sales-invoice/A%201',
      'https://erp.example.com/files/a',
      'https://erp.example.com/app/task',
      'https://erp.example.com/app/query-report/Aged%20Debt',
      '<a href="https://erp.example.com/app/task/T1">T1</a>',
    ]);
    const nowhere = { get: async () => projectRecord() };
    await expect(makeRequest(nowhere, subscription, eventRecord(), NOW)).rejects.toThrow('siteUrl');
    const plain = subscriptionRecord({ format: 'template', template: '{{ doc | json }}' });
    const unasked = { get: () => Promise.reject(new Error('The project was asked for.')) };
    expect((await makeRequest(unasked, plain, eventRecord(), NOW)).body).toMatch(/^\{/);
  });

  it('throws a RenderError if there is no such project or format', async () => {
    const { make } = open(null);
    await expect(make('hirehop')).rejects.toThrow(RenderError);
    await expect(make('xml')).rejects.toThrow(RenderError);
  });
});
