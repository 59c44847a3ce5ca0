import type { House } from '@coatcheck/api-types';

/** The name over the door. @param house undefined: nothing has told yet whose this is */
export const nameOf = (house: House | undefined): string => house?.name ?? 'Coatcheck';

/** The link to the people who help, and its text. The server has checked that a contact is a URL of a page, or an email address. */
export const contactLink = (contact: string): { href: string; text: string } =>
  /^https?:\/\//i.test(contact)
    ? { href: contact, text: contact.replace(/^https?:\/\/|\/$/gi, '') }
    : { href: `mailto:${contact}`, text: contact };
