/** What the person at the keyboard can mend. The message is for them. */
export class Refused extends Error {}
