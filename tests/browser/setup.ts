import { buildChanged } from '../../apps/web/build-changed.ts';
import { findBrowser } from './browser.ts';

/** Vitest's global setup: what all browser tests share and several at once must not make. */
export async function setup() {
  // The pages that a browser will open are made of this very source.
  buildChanged();
  // npm's Chromium unpacks itself when it is first asked for. Who finds none is told by the tests that need it.
  await findBrowser().catch(() => undefined);
}
