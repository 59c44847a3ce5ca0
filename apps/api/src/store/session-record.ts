import type { NewSession, StoredSession } from './records.ts';

/** @returns a new session as it is kept. @param remembered the object that it remembers from its first moment on */
export function recordOf(
  { network: _, provenBy, ...session }: NewSession,
  remembered: StoredSession['remembered'],
): StoredSession {
  return {
    ...session,
    remembered,
    aheadSince: null,
    passwordProvenAt: provenBy === 'password' ? session.createdAt : null,
    passkeyProvenAt: provenBy === 'passkey' ? session.createdAt : null,
  };
}
