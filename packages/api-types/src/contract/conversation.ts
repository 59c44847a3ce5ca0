import { Type } from '../type.ts';
import { ada, adasSession, harbour } from './examples.ts';
import { House } from './house.ts';
import { instant, orNull, schemaOf, shown, strict, textOrNull } from './schema.ts';
import { EndReason, Session } from './session.ts';
import { User } from './user.ts';

/** A value that JSON can carry (RFC 8259 section 3). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * The values that a session was asked to remember, and the merge patch (RFC 7396) that changes them: null forgets. A
 * session remembers at most 2 KiB and 4 levels.
 */
export type Remembered = { [key: string]: Json };
export const Remembered = schemaOf<Remembered>()(
  Type.Unsafe<Remembered>({
    type: 'object',
    additionalProperties: true,
    description: 'What this session was asked to remember; as a merge patch (RFC 7396), null removes.',
    examples: [{ likes: 'cats' }],
  }),
);

/** The cookie that the server looks at and the attributes that the server sets; never the cookie's value. */
export interface CookieFacts {
  /** `__Host-coatcheck` where the site is https, else `coatcheck`. */
  name: string;
  /** Whether this request carried the cookie. */
  sent: boolean;
  attributes: {
    httpOnly: true;
    secure: boolean;
    sameSite: 'Lax';
    path: '/';
    /** When the browser drops the cookie, ISO 8601 in UTC; null: with the browser's own session. */
    expires: string | null;
  };
}
export const CookieFacts = schemaOf<CookieFacts>()(
  Type.Object(
    {
      name: Type.String(),
      sent: Type.Boolean({ description: 'Whether this request carried it.' }),
      attributes: Type.Object(
        {
          httpOnly: Type.Literal(true),
          secure: Type.Boolean(),
          sameSite: Type.Literal('Lax'),
          path: Type.Literal('/'),
          expires: textOrNull(
            'When the browser drops it, ISO 8601 in UTC; null: with the browser’s own session.',
          ),
        },
        strict,
      ),
    },
    { ...strict, description: 'The session cookie: its name, and the attributes that the server sets.' },
  ),
);

/** The memory of the server about the holder of the cookie, logged in or not. */
export interface Conversation {
  /** Null for a stranger and for a guest. */
  user: User | null;
  /** The live session of the cookie; null for a stranger. */
  session: Session | null;
  /** The values that this session was asked to remember. */
  remembered: Remembered;
  cookie: CookieFacts;
  /** Why a cookie that was sent counts for nothing, or null. */
  reason: EndReason | null;
  /** The server's clock, ISO 8601 in UTC. */
  now: string;
  /** The least number of code points in a new password. */
  passwordMinLength: number;
  /** Whose server this is, who may register, and where people go on to. */
  house: House;
}
export const Conversation = schemaOf<Conversation>()(
  Type.Object(
    {
      user: orNull(User),
      session: orNull(Session),
      remembered: Remembered,
      cookie: CookieFacts,
      reason: orNull(EndReason),
      now: instant('The server’s clock.'),
      passwordMinLength: Type.Integer({
        description: 'Code points that a new password must have at least.',
      }),
      house: House,
    },
    shown<Conversation>('What the server remembers about the holder of the cookie.', {
      user: ada,
      session: adasSession,
      remembered: {},
      cookie: {
        name: '__Host-coatcheck',
        sent: true,
        attributes: { httpOnly: true, secure: true, sameSite: 'Lax', path: '/', expires: null },
      },
      reason: null,
      now: '2026-11-23T17:52:31.880Z',
      passwordMinLength: 15,
      house: harbour,
    }),
  ),
);
