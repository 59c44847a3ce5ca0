import { expect, it } from 'vitest';
import type { OpenStore } from '../../test/stored.ts';
import { accountContract } from './accounts.spec.ts';
import { activityContract } from './activity.spec.ts';
import { linkContract } from './links.spec.ts';
import { loginContract } from './logins.spec.ts';
import { nameContract } from './names.spec.ts';
import { passkeyContract } from './passkeys.spec.ts';
import { passwordContract } from './passwords.spec.ts';
import { proofContract } from './proofs.spec.ts';
import { recoveryContract } from './recovery.spec.ts';
import { sessionContract } from './sessions.spec.ts';
import { sweepContract } from './sweep.spec.ts';
import { windowContract } from './windows.spec.ts';

/** What every database promises, as tests. store.test.ts runs them over the engine of the run. */
export function storeContract(open: OpenStore): void {
  accountContract(open);
  nameContract(open);
  passwordContract(open);
  passkeyContract(open);
  proofContract(open);
  loginContract(open);
  sessionContract(open);
  recoveryContract(open);
  linkContract(open);
  activityContract(open);
  windowContract(open);
  sweepContract(open);

  it('says that it is ready', async () => {
    await expect((await open()).ready()).resolves.toBeUndefined();
  });
}
