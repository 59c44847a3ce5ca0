import type { Engine } from '../engines/engine.ts';
import { type StoreCaps, storeCaps } from '../retention.ts';
import type { Store } from '../store.ts';
import { createAccountStore } from './accounts.ts';
import { createActivityStore } from './activity.ts';
import { createAssetStore } from './assets.ts';
import { createLoginStore } from './logins.ts';
import { createPasswordStore } from './passwords.ts';
import { watchWrites } from './readiness.ts';
import { createSessionStore } from './sessions.ts';
import { createSweep } from './sweep.ts';
import { createWindowStore } from './windows.ts';

/**
 * The store over either engine: its rules are said here, once, in SQL that both engines understand.
 * @param options `clock` gives milliseconds since 1970, for windows: their callers do not pass the time. `caps` are
 * the numbers of rows that are kept.
 */
export function createStore(
  engine: Engine,
  { clock = Date.now, caps = storeCaps }: { clock?: () => number; caps?: StoreCaps } = {},
): Store {
  const { watched, ready } = watchWrites(engine);
  return {
    ...createAccountStore(watched),
    ...createPasswordStore(watched),
    ...createLoginStore(watched, caps),
    ...createSessionStore(watched),
    ...createActivityStore(watched),
    ...createWindowStore(watched, clock),
    ...createAssetStore(watched, caps),
    sweep: createSweep(watched, caps),
    ready,
    close: engine.close,
  };
}
