import type { Conversation } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { leadingTo, placeOf } from '../../browser/next.ts';
import { useWords } from '../../i18n/words.ts';
import { Contact } from '../../layout/Contact.tsx';
import { serverUrl } from '../../session/current.ts';
import { Copy } from '../wire/Copy.tsx';
import { readTicket, withTicket } from '../wire/curl.ts';
import { useConversationWords } from '../words.ts';
import type { StepName } from './steps.ts';

/** The pages of the forms that two of the steps need. */
const pages: Partial<Record<StepName, string>> = { register: '/register', logIn: '/login' };

interface ExtrasProps {
  name: StepName;
  conversation: Conversation;
}

/** The parts of a step besides its text: a link to a form, commands for a terminal, or the times of this session. */
export function Extras({ name, conversation: { house, session, cookie, user } }: ExtrasProps) {
  const words = useWords();
  const step = useConversationWords().path.steps[name];
  const page = pages[name];
  if (step.closed && house.registration !== 'open' && !user) {
    return (
      <p>
        {step.closed} <Contact before={`${words.contact}:`} />
      </p>
    );
  }
  if (page && step.link && !user) {
    return (
      <p className="alone">
        <Link href={leadingTo(page, placeOf('/conversation').href)}>{step.link}</Link>
      </p>
    );
  }
  if (name === 'logOut') {
    return (
      <>
        <Copy line={readTicket} />
        <Copy line={`curl -i ${withTicket(cookie.name)} ${serverUrl}/me`} />
      </>
    );
  }
  if (step.times && session) {
    return <p>{step.times(words.when(session.idleExpiresAt), words.when(session.expiresAt))}</p>;
  }
  return null;
}
