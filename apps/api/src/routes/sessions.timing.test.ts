import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';
import { newPublicId } from '../session/ticket.ts';

it('DELETE /me/sessions/{id} takes as long for another’s id as for one that never was, within half a millisecond', async (context) => {
  const counter = await openCounter({ LOG_LEVEL: 'silent' });
  const [ada, bea] = [counter.visitor(), counter.visitor()];
  await ada.register('ada');
  await bea.register('bea');
  const [beas] = (await bea.get('/me/sessions')).json().sessions;
  const time = (id: string) =>
    timeOf(async () => {
      expect((await ada.send('DELETE', `/me/sessions/${id}`)).statusCode).toBe(404);
    });
  await expectNoLeak(
    context,
    () => time(beas.id),
    () => time(newPublicId()),
    { maxPairs: 3_000, pairsBetween: 200 },
  );
});
