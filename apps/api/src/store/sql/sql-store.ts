import type { Engine } from '../engines/engine.ts';
import { type StoreCaps, storeCaps } from '../retention.ts';
import type { Store } from '../store.ts';
import { createAccountStore } from './accounts.ts';
import { createActivityStore } from './activity.ts';
import { createAssetStore } from './assets.ts';
import { createChallengeStore } from './challenges.ts';
import { createLinkStore } from './links.ts';
import { createLoginStore } from './logins.ts';
import { createNameStore } from './names.ts';
import { createPasskeyStore } from './passkeys.ts';
import { createPasswordStore } from './passwords.ts';
import { createProofStore } from './proofs.ts';
import { watchWrites } from './readiness.ts';
import { createRecoveryStore } from './recovery.ts';
import { createSessionStore } from './sessions.ts';
import { createSweep } from './sweep.ts';
import { createWindowStore } from './windows.ts';

/** The options of a store. */
export interface StoreOptions {
  /** Gives milliseconds since 1970, for windows: their callers do not pass the time. Default: the system's clock. */
  clock?: () => number;
  /** Caps that differ from those of `storeCaps`. */
  caps?: Partial<StoreCaps>;
}

/** Makes the store over either engine. The rules of the store stand here once, in SQL that both engines understand. */
export function createStore(engine: Engine, { clock = Date.now, ...options }: StoreOptions = {}): Store {
  const caps = { ...storeCaps, ...options.caps };
  const { watched, ready } = watchWrites(engine);
  return {
    ...createAccountStore(watched),
    ...createNameStore(watched),
    ...createPasswordStore(watched),
    ...createPasskeyStore(watched, caps),
    ...createChallengeStore(watched, caps),
    ...createProofStore(watched),
    ...createRecoveryStore(watched, caps),
    ...createLinkStore(watched, caps),
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
