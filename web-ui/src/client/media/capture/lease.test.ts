import { beforeEach, describe, expect, it } from 'vitest';
import { Lease } from './lease';

class Device {
  closed = 0;
  close(): void {
    this.closed++;
  }
}

describe('a lease', () => {
  let lease: Lease<Device>;
  let opened: Device[];
  let finish: (() => void)[];
  beforeEach(() => {
    lease = new Lease();
    opened = [];
    finish = [];
  });

  const open = (): Promise<Device> =>
    new Promise((resolve) => {
      finish.push(() => {
        const device = new Device();
        opened.push(device);
        resolve(device);
      });
    });

  it('opensOnceForAllWhoAskMeanwhile', async () => {
    const both = [lease.take(open), lease.take(open)];
    expect([finish.length, lease.wanted, lease.held]).toEqual([1, true, null]);
    finish[0]?.();
    expect(await Promise.all([...both, lease.take(open)])).toEqual([opened[0], opened[0], opened[0]]);
    expect(finish).toHaveLength(1);
  });

  it('closesAtOnceWhatNobodyWantsAnyMore', async () => {
    const taking = lease.take(open);
    lease.close();
    expect(lease.wanted).toBe(false);
    finish[0]?.();
    expect([await taking, opened[0]?.closed, lease.held]).toEqual([null, 1, null]);
  });

  it('hasTheLaterOneWhenItIsAskedForAgain', async () => {
    const first = lease.take(open);
    lease.close();
    const second = lease.take(open);
    finish[1]?.();
    finish[0]?.();
    expect([await first, await second]).toEqual([null, opened[0]]);
    expect(opened.map(({ closed }) => closed)).toEqual([0, 1]);
    expect(lease.held).toBe(opened[0]);
  });

  it('tellsWhyNothingOpensOnlyToWhoStillWantsIt', async () => {
    const refuse = (): Promise<Device> => Promise.reject(new Error('no'));
    await expect(lease.take(refuse)).rejects.toThrow('no');
    expect(lease.wanted).toBe(false);
    const taking = lease.take(refuse);
    lease.close();
    expect(await taking).toBeNull();
  });

  it('closesWhatItHolds', async () => {
    const taking = lease.take(open);
    finish[0]?.();
    await taking;
    lease.close();
    lease.close();
    expect([opened[0]?.closed, lease.held]).toEqual([1, null]);
  });
});
