/** The conditions for a person to be logged in, in the order in which the doctor looks. */
export const chain = {
  answer: 'The server answers',
  connection: 'The cookie fits the connection',
  site: 'Page and server are of one site',
  origin: 'The server lets the page change things',
  cors: 'The page may read the answers',
  clock: 'The clocks agree',
  sent: 'The ticket travels both ways',
  address: 'The server sees where people come from',
  known: 'All of the server knows it',
  alive: 'The session of TICKET lives',
};

/** A link of the chain. */
export type Link = keyof typeof chain;
