import { Type } from '../type.ts';
import { harbour } from './examples.ts';
import { oneOf, schemaOf, shown, textOrNull } from './schema.ts';

/** Who may register: anyone, whoever holds an invitation, or nobody. */
export type RegistrationPolicy = 'open' | 'invite' | 'closed';
export const RegistrationPolicy = schemaOf<RegistrationPolicy>()(oneOf(['open', 'invite', 'closed']));

/** What the operator tells about this server: whose it is, who may register, and where people go on to. */
export interface House {
  /** Who runs this, as a name to show; null where it is not set. */
  name: string | null;
  /** The path of the logo, `/house/logo`; null where none is set. */
  logo: string | null;
  /**
   * Where people get help; null where it is not set. Either a URL, which begins with `http://` or `https://`, or an
   * email address, to which `mailto:` leads when it stands in front: no character needs an escape.
   */
  contact: string | null;
  registration: RegistrationPolicy;
  /**
   * The app's start page, as a URL or as a path on the server's own origin (`/`); null where this server stands in front of
   * none.
   */
  app: string | null;
  /** The origins besides the server's own that a page may lead to after a login, exactly as browsers send them. */
  leadsTo: string[];
}
export const House = schemaOf<House>()(
  Type.Object(
    {
      name: textOrNull('Who runs this, as a name to show; null where it is not set.'),
      logo: textOrNull('The path of the logo; null where none is set.'),
      contact: textOrNull(
        'Where people get help: a URL that begins with http:// or https://, or an email address that `mailto:` may be put in front of as it is; null where it is not set.',
      ),
      registration: RegistrationPolicy,
      app: textOrNull(
        'The app’s start page, as a URL or as a path on the server’s own origin; null where this server stands in front of none.',
      ),
      leadsTo: Type.Array(Type.String(), {
        description:
          'The origins besides the server’s own that a page may lead to after a login, exactly as browsers send them.',
      }),
    },
    shown<House>('Whose server this is, who may register, and where people go on to.', harbour),
  ),
);
