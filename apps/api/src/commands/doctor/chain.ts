/** The conditions for a person to be logged in, in the order in which the doctor looks. */
export const chain = {
  answer: 'Server answers',
  connection: 'Secure flag fits http or https',
  site: 'Page and server are same-site',
  origin: 'Origin is allowed',
  cors: 'CORS headers arrive',
  clock: 'Clocks agree',
  sent: 'Cookie is set and sent back',
  address: 'Client IP address is seen',
  known: 'All processes share a database',
  alive: 'Session in TICKET is valid',
  next: 'Login leads back to the app',
  guarded: 'App asks for a login',
  forged: 'Forged identity headers are removed',
};

/** A link of the chain. */
export type Link = keyof typeof chain;
