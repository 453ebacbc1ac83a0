import { describe, expect, it } from 'vitest';
import { Sockets } from '../../../../core/pump/sockets.ts';

describe('the sockets of an invocation', () => {
  it('are 200, and those who wait get one in turn', async () => {
    const sockets = new Sockets();
    const opened: number[] = [];
    for (let n = 0; n < 203; n++) void sockets.open().then(() => opened.push(n));
    await Promise.resolve();
    await Promise.resolve();
    expect(opened).toHaveLength(200);
    sockets.close();
    sockets.close();
    await Promise.resolve();
    await Promise.resolve();
    expect(opened.slice(200)).toEqual([200, 201]);
  });

  it('are free again once they are closed', async () => {
    const sockets = new Sockets();
    let opened = 0;
    const open = async (count: number) => {
      for (let n = 0; n < count; n++) void sockets.open().then(() => opened++);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await open(250);
    for (let n = 0; n < 250; n++) sockets.close();
    await open(201);
    expect(opened).toBe(450);
  });
});
