import type { ReactNode } from 'react';
import { useHouse } from '../session/current.ts';
import { contactLink } from '../session/house.ts';

interface ContactProps {
  /** The words before the link. They show with the link alone. */
  before?: ReactNode;
  /** The text of the link. By default, the address that it leads to. */
  text?: string;
}

/** The link to the people who help here. Nothing where the operator names nobody. */
export function Contact({ before, text }: ContactProps) {
  const contact = useHouse()?.contact;
  if (!contact) return null;
  const link = contactLink(contact);
  return (
    <>
      {before && <span>{before}</span>} <a href={link.href}>{text ?? link.text}</a>
    </>
  );
}
