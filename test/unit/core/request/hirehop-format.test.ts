import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RenderError } from '../../../../core/kernel/errors.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import type { Event } from '../../../../core/model/event.ts';
import type { Project } from '../../../../core/model/project.ts';
import { outgoingRequest } from '../../../../core/request/outgoing-request.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const hooked = subscriptionRecord({ format: 'hirehop', signature: 'none' });
const hirehop = { id: 'erp', exportKey: '22u43mrjwe7u', companyId: 1 };

function bodyOf(event: Partial<Event>, project: Partial<Project> = hirehop): string {
  const options = { project: projectRecord(project) };
  return outgoingRequest(hooked, eventRecord(event), NOW, options).body;
}

/** Return the part of the body after `changes`. */
const jobIn = (type: string, data: string) =>
  /"changes":\{\}(.*)\}$/.exec(bodyOf({ type, data: data as JsonText }))?.[1];

describe('the body of the format "hirehop"', () => {
  it('has the documented keys in order, and the published data to the letter', () => {
    const body = bodyOf({
      type: 'job.status.updated',
      data: '{"ID":"52","STATUS":"2","TOTAL":1.10}' as JsonText,
      actor: '{"email":"john@email.com","id":1,"name":"John \\u00c9"}' as JsonText,
      changes: '{"STATUS":{"from":"1","to":"2"},"10":{"from":12345678901234567890,"to":1.10}}' as JsonText,
    });
    expect(body).toBe(
      '{"time":"2026-01-15 12:00:00","user_id":1,"user_name":"John \\u00c9","user_email":"john@email.com",' +
        '"company_id":1,"export_key":"22u43mrjwe7u","event":"job.status.updated",' +
        '"data":{"ID":"52","STATUS":"2","TOTAL":1.10},' +
        '"changes":{"STATUS":{"from":"1","to":"2"},"10":{"from":12345678901234567890,"to":1.10}},"job":52}',
    );
  });

  it.each(['"text"', '[1]', 'null'])('has no job if the data is not an object: %s', (data) =>
    expect(jobIn('job.updated', data)).toBe(''),
  );

  it('has the time in UTC, whatever the time zone of the machine', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(new Date(NOW).getHours()).toBe(21);
    expect(JSON.parse(bodyOf({})).time).toBe('2026-01-15 12:00:00');
  });

  it('has null for unknown values and an empty object without changes', () => {
    expect(bodyOf({ data: '{}' as JsonText }, { id: 'erp' })).toBe(
      '{"time":"2026-01-15 12:00:00","user_id":null,"user_name":null,"user_email":null,"company_id":null,' +
        '"export_key":null,"event":"invoice.created","data":{},"changes":{}}',
    );
  });

  it.each<[string, Event['companyId'], Project['companyId'], unknown]>([
    ['of the event', 'C-2', 1, 'C-2'],
    ['of the project if the event has none', undefined, 1, 1],
    ['as text if it is text', undefined, '1', '1'],
  ])('has the company %s', (_, ofEvent, ofProject, told) => {
    const event = ofEvent === undefined ? {} : { companyId: ofEvent };
    expect(JSON.parse(bodyOf(event, { ...hirehop, companyId: ofProject })).company_id).toBe(told);
  });

  it.each([
    ['invoice.status.updated', '{"ID":7,"JOB_ID":52}', 52],
    ['invoice.status.updated', '{"ID":7,"JOB_ID":"52"}', 52],
    ['job.updated', '{"ID":52,"NUMBER":9}', 52],
    ['job.updated', '{"NUMBER":"00052"}', 52],
    ['job.item.added', '{"ID":900,"JOB_ID":52}', 52],
    ['job.updated', '{"JOB_ID":0,"ID":52}', 52],
    ['job.updated', '{"JOB_ID":null,"ID":"","NUMBER":52}', 52],
  ])('has the job of %s %s', (type, data, job) => {
    expect(jobIn(type, data)).toBe(`,"job":${job}`);
  });

  it('has the job with all of its digits', () => {
    expect(jobIn('job.updated', '{"ID":12345678901234567890}')).toBe(',"job":12345678901234567890');
  });

  it.each([
    ['invoice.status.updated', '{"ID":7,"NUMBER":9}'],
    ['contact.person.updated', '{"ID":7}'],
    ['jobs.updated', '{"ID":7}'],
    ['invoice.status.updated', '{"JOB_ID":0}'],
    ['job.updated', '{"ID":"J-17","NUMBER":-1,"JOB_ID":{"ID":1}}'],
    ['job.updated', '{"data":{"ID":7}}'],
  ])('has no job for %s %s', (type, data) => {
    expect(jobIn(type, data)).toBe('');
  });

  it('cannot be made if the project is gone', () => {
    expect(() => outgoingRequest(hooked, eventRecord(), NOW)).toThrow(RenderError);
  });
});
