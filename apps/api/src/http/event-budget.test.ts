import { beforeEach, expect, it, vi } from 'vitest';
import { createEventBudget } from './event-budget.ts';

const report = vi.fn();
const minute = 60_000;

beforeEach(() => {
  report.mockReset();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const taken = (budget: ReturnType<typeof createEventBudget>, network: string, event: string, tries: number) =>
  Array.from({ length: tries }, () => budget.take(network, event)).filter(Boolean).length;

it('gives each network ten lines of each event, and reports the number of the others after a minute', () => {
  const budget = createEventBudget(report);
  expect(taken(budget, '192.0.2.1', 'authz_fail', 25)).toBe(10);
  expect(taken(budget, '192.0.2.1', 'malicious_cors', 9)).toBe(9);
  expect(taken(budget, '192.0.2.2', 'authz_fail', 3)).toBe(3);
  vi.advanceTimersByTime(minute - 1);
  expect(report).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(report.mock.calls).toEqual([[{ event: 'authz_fail', network: '192.0.2.1', count: 15 }]]);
  expect(taken(budget, '192.0.2.1', 'authz_fail', 25)).toBe(10);
});

it('reports what is open when it closes', () => {
  const budget = createEventBudget(report);
  taken(budget, '192.0.2.1', 'authz_fail', 11);
  budget.close();
  expect(report).toHaveBeenCalledWith({ event: 'authz_fail', network: '192.0.2.1', count: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

it('counts ever so many networks in bounded room', () => {
  const budget = createEventBudget(report);
  for (let network = 0; network < 30_000; network += 1) budget.take(`network ${network}`, 'authz_fail');
  expect(vi.getTimerCount()).toBeLessThanOrEqual(10_100);
  vi.advanceTimersByTime(minute);
  expect(report.mock.calls).toEqual([[{ event: 'authz_fail', network: 'others', count: 19_990 }]]);
  expect(vi.getTimerCount()).toBe(0);
});
