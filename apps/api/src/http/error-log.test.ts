import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { describeError } from './error-log.ts';

it('shows type, code, message and frames, of causes and of several errors as well', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const error = new RangeError('two lines\nof message', {
    cause: new AggregateError([refused], 'all failed'),
  });
  expect(describeError(error)).toEqual({
    type: 'RangeError',
    message: 'two lines\nof message',
    stack: expect.stringMatching(/^at .+error-log\.test\.ts/),
    cause: expect.objectContaining({
      type: 'AggregateError',
      errors: [expect.objectContaining({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' })],
    }),
  });
});

it('leaves out whatever else hangs on an error', () => {
  const error = Object.assign(new pg.DatabaseError('invalid input: "umbrella"', 1, 'error'), {
    code: '23514',
    routine: 'ExecConstraints',
    detail: 'Failing row contains (ada, umbrella).',
    where: 'COPY accounts, line 1: "umbrella"',
    table: 'accounts',
    constraint: 'accounts_check',
  });
  const described = describeError(new Error('outer', { cause: error }));
  expect(described.cause).toMatchObject({ code: '23514', table: 'accounts', constraint: 'accounts_check' });
  expect(JSON.stringify(described)).not.toContain('umbrella');
});

it('ends where causes go round in circles', () => {
  const error: Error = new Error('round');
  error.cause = error;
  expect(JSON.stringify(describeError(error)).match(/round/g)).toHaveLength(4);
});

it.runIf(inject('engine') === 'postgres')('logs no row that PostgreSQL refuses', async () => {
  const counter = await openCounter();
  counter.expectFaults();
  await counter.database.query(`ALTER TABLE sessions ADD CHECK (remembered NOT LIKE '%cats%')`);
  const guest = counter.visitor();
  const answer = await guest.send('PATCH', '/session', '{"likes":"cats"}', {
    'content-type': 'application/json',
  });
  expect(answer.statusCode).toBe(500);
  const [fault] = counter.log.filter(({ level }) => Number(level) >= 50);
  expect(fault).toMatchObject({ err: { code: '23514', table: 'sessions' } });
  expect(JSON.stringify(counter.log)).not.toMatch(/Failing row|cats/);
});
