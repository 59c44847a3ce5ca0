import argon2 from 'argon2';
import { expect, it, vi } from 'vitest';
import { openCounter, type Visitor } from '../../test/counter.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';

const wrong = { code: 'AAAA-AAAA-AAAA-AAAA', newPassword: 'gloves in the left pocket' };
const salted = '$argon2id$v=19$m=19456,p=1,t=2$AAAAAAAAAAAAAAAAAAAAAA';

it('takes as long for an unknown name as for a wrong code, within half a millisecond beside the hash', async (context) => {
  // Both are checked against the same hashes (recover.test.ts), whose time is left out: it varies more than the leak.
  vi.spyOn(argon2, 'hash').mockImplementation((async (_secret: string, options?: { raw?: boolean }) =>
    options?.raw ? Buffer.alloc(32, 1) : `${salted}$${'A'.repeat(43)}`) as typeof argon2.hash);
  vi.spyOn(argon2, 'verify').mockResolvedValue(false);
  const counter = await openCounter({
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'silent',
    REGISTRATIONS_PER_HOUR: '2000',
  });
  const codes = Array.from({ length: 10 }, (_, at) => `${salted}$${String(at).repeat(43)}`);

  /** Registers an account that has ten codes. */
  async function withCodes(name: string) {
    const owner = counter.visitor();
    await owner.register(name);
    const account = await counter.store.findAccount(name);
    const rows = codes.map((hash) => `('${account?.id}', '${hash}')`).join(', ');
    await counter.database.query(`INSERT INTO recovery_codes (account_id, code_hash) VALUES ${rows}`);
  }

  let registered = '';
  const recover = (visitor: Visitor, username: string) => visitor.post('/recover', { username, ...wrong });
  const timeRecovery = async (prefix: string, round: number) => {
    // Nobody is ever made to wait: five tries a name, fifty an address.
    const at = Math.floor(round / 5);
    const known = `known${at}`;
    if (known !== registered) await withCodes(known);
    registered = known;
    const visitor = counter.visitor({ 'x-forwarded-for': `198.51.100.${Math.floor(round / 25)}` });
    return timeOf(async () => {
      expect((await recover(visitor, `${prefix}${at}`)).statusCode).toBe(401);
    });
  };
  await expectNoLeak(
    context,
    (round) => timeRecovery('known', round),
    (round) => timeRecovery('nobody', round),
    { maxPairs: 3_000, pairsBetween: 200 },
  );
}, 300_000);
