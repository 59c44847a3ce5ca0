import { describe, expect, it } from 'vitest';
import { minute, type OpenStore, start } from '../../test/stored.ts';

/** What every database promises of windows, as tests. */
export function windowContract(open: OpenStore): void {
  describe('a window limiter', () => {
    it('counts what is taken and given back, a hundred at a time, each name and key apart', async () => {
      const store = await open();
      const limiter = store.windowLimiter('tries', 60);
      const taken = await Promise.all(Array.from({ length: 100 }, () => limiter.take('one')));
      expect(new Set(taken.map((standing) => standing.taken)).size).toBe(100);
      await limiter.giveBack('one');
      expect(await limiter.get('one')).toMatchObject({ taken: 99 });
      expect(await limiter.get('two')).toEqual({ taken: 0, endsIn: 0 });
      expect(await store.windowLimiter('others', 60).get('one')).toMatchObject({ taken: 0 });
    });

    it('says when its window ends, and begins a new one then', async () => {
      let now = start;
      const limiter = (await open({ clock: () => now })).windowLimiter('tries', 60);
      expect(await limiter.take('one')).toEqual({ taken: 1, endsIn: minute });
      now += 10_000;
      expect(await limiter.take('one')).toEqual({ taken: 2, endsIn: 50_000 });
      expect(await limiter.get('one')).toEqual({ taken: 2, endsIn: 50_000 });
      now += 50_000;
      expect(await limiter.get('one')).toEqual({ taken: 0, endsIn: 0 });
      expect(await limiter.take('one')).toEqual({ taken: 1, endsIn: minute });
    });

    it('takes nothing back of a window that is over, and never more than was taken', async () => {
      let now = start;
      const limiter = (await open({ clock: () => now })).windowLimiter('tries', 60);
      await limiter.take('one');
      now += minute;
      await limiter.giveBack('one');
      await limiter.giveBack('two');
      expect(await limiter.take('one')).toMatchObject({ taken: 1 });
      expect(await limiter.take('two')).toMatchObject({ taken: 1 });
      for (let times = 0; times < 3; times += 1) await limiter.giveBack('one');
      expect(await limiter.take('one')).toMatchObject({ taken: 1 });
    });
  });
}
