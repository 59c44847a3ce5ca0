import { readFileSync } from 'node:fs';
import { beforeAll, expect, inject, vi } from 'vitest';

// npm may be at work still when the first files of the lane `installed` are run.
beforeAll(async () => {
  const outcome = inject('installed')?.outcome ?? '';
  const said = await vi.waitFor(() => readFileSync(outcome, 'utf8'), { timeout: 110_000, interval: 100 });
  expect(said).toBe('installed');
});
