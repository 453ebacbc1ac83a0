import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../../core/kernel/errors.ts';
import { changeProject } from '../../../../core/manage/change-project.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { projectRecord, subscriptionRecord } from '../../../support/records.ts';

describe('changing a project', () => {
  async function open() {
    const pipeline = inMemoryPipeline();
    const project = projectRecord({ id: 'erp', retentionDays: 7 });
    await pipeline.projects.create(project, []);
    return { pipeline, project };
  }

  it('keeps the fields that the patch does not name', async () => {
    const { pipeline, project } = await open();
    const next = { ...project, name: 'ERP', exportKey: null };
    expect(await changeProject(pipeline, 'erp', { name: 'ERP' })).toEqual(next);
    expect(await pipeline.projects.get('erp')).toEqual(next);
  });

  it('rejects a retention that is shorter than the retry schedule of a subscription', async () => {
    const { pipeline } = await open();
    const change = (retentionDays: number) => changeProject(pipeline, 'erp', { retentionDays });
    await change(30);
    const days = Array.from({ length: 7 }, () => 86_400);
    const patient = subscriptionRecord({ retry: days });
    await pipeline.subscriptions.create(patient);
    await expect(change(7)).rejects.toThrow(ValidationError);
    await expect(change(7)).rejects.toThrow(patient.id);
    expect(await change(8)).toMatchObject({ retentionDays: 8 });
  });
});
