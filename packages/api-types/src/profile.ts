import type { Profile } from './contract/profile.ts';
import { maxEmailLength } from './email.ts';

/** The profile of an account whose owner has filled in nothing. */
export const emptyProfile: Profile = { displayName: null, email: null };

/** The most code points that each field of a profile takes. */
export const maxProfileLengths: Record<keyof Profile, number> = { displayName: 64, email: maxEmailLength };
