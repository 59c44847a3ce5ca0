/**
 * Names that nobody can register, without dots, dashes and underscores. An app that learns the name of its visitor, or a
 * person who reads it, would take them for those who run the place (RFC 2142 has some), for a program, or for nobody.
 * The operator can make accounts with them at the command line.
 */
const reserved = new Set(
  `admin administrator admins root superuser sysadmin system sudo daemon
   operator owner moderator mod staff team official coatcheck
   support help helpdesk contact info security abuse noc
   webmaster postmaster hostmaster mailerdaemon noreply donotreply
   anonymous nobody guest everyone null undefined none unknown`.split(/\s+/),
);

/** @param username lower case. @returns whether the name, however it is dotted and dashed, is reserved. */
export const isReserved = (username: string): boolean => reserved.has(username.replaceAll(/[._-]/g, ''));
