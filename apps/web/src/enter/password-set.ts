import { placeOf } from '../browser/next.ts';

/** The page after a reset or a recovery, which tells it by the message `password-reset`. */
export const passwordSet = placeOf('/enter');
