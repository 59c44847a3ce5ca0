import type { EndReason, Problem } from '@coatcheck/api-types';
import type { Cause, Circumstances, Link } from '../../conversation/diagnosis/causes.ts';
import type { StepName } from '../../conversation/lesson/steps.ts';

const reasons: Record<EndReason, string> = {
  unknown: 'The server does not know it.',
  'expired-idle': 'Its session ended after a while without use.',
  'expired-absolute': 'Its session had reached its time limit.',
  'logged-out': 'Its session was logged out.',
  replaced: 'A newer ticket had taken its place.',
  revoked: 'Its session was ended from elsewhere, for example from another device or by a new password.',
};

/** English: the words of the conversation's page. */
export const words = {
  title: 'The conversation',
  lead: 'Say what you like, and ask. The server forgets you after every answer; only the ticket lets it know you again.',

  toy: {
    ask: 'Ask “What do I like?”',
    asking: 'Asking…',
    ticket: 'Ask with my ticket',
    like: 'I like',
    tell: 'Tell it',
    telling: 'Telling…',
    nothing: 'Say what you like, cats for instance',
    tooLong: (limit: number) => `Say it in at most ${limit} characters`,
    forget: 'Forget me',
    forgetting: 'Forgetting…',
    again: 'Start again',
    againLoggedOut: 'Start again, and log out',
    startingAgain: 'Starting again…',
    withTicket: 'Asked with your ticket',
    withDead: 'Asked with a ticket that counts for nothing',
    withNone: 'Asked with no ticket to show',
    without: 'Asked without showing a ticket',
    toldWithTicket: 'You told it, with your ticket',
    toldAndGot: (number: string) => `You told it, and got ticket ${number}`,
    with: 'with',
    noTicket: 'without a ticket',
    over: 'That session is over.',
    notAsked: 'Not asked yet.',
    switchOff: 'Switch “Ask with my ticket” off and ask.',
    hidden: 'Switch it on for the same question with your ticket.',
    said: (number: number, how: string, answer: string) => `Answer ${number}. ${how}: ${answer}`,
  },
  answer: {
    stranger: 'I do not know you.',
    guest: 'You were here before, but never told me what you like.',
    user: (name: string) => `You are ${name}. You have not told me what you like.`,
    likes: (likes: string) => `You like ${likes}.`,
    willRemember: (likes: string) => `I will remember: you like ${likes}.`,
    userLikes: (name: string, likes: string) => `You are ${name}, and you like ${likes}.`,
  },

  wire: {
    title: 'On the wire',
    empty: 'Nothing has been said yet. Ask, and the request and its answer will stand here.',
    earlier: (count: number) => (count === 1 ? 'Show 1 earlier' : `Show ${count} earlier`),
    number: (number: number) => `Exchange ${number}: `,
    withTicket: (number: string) => `with ticket ${number}`,
    withOver: (number: string) => `with ticket ${number}, which is over now`,
    gives: (number: string) => `, gives ticket ${number}`,
    withDead: 'with a ticket that counts for nothing',
    withSome: 'with a ticket',
    withUnknown: 'perhaps with a ticket',
    withoutTicket: 'without a ticket',
    waiting: 'waiting',
    noAnswer: 'no answer',
    request: 'Your browser says',
    server: 'The server',
    answer: 'The server answers',
    foreign: 'Something answers',
    hidden: 'Hidden from this page',
    asStranger:
      'The switch was off, so this page asked with credentials: "omit", and the browser sent no ticket.',
    needsNone:
      'This call is about no session, so this page asked with credentials: "omit", and the browser sent no ticket.',
    forgotten: 'That session is over, so this page has forgotten what was said here about you.',
    curl: 'The same for a terminal',
    ticketFirst: 'The ticket goes into $TICKET first. “To see it yourself” tells how.',
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'The browser did not let this page copy. Select the line instead.',
  },
  headers: {
    cookie: 'The ticket. Your browser attaches it by itself; no script of this page can read it.',
    origin:
      'The origin of the page that asks. The server refuses changes requested by pages of other origins.',
    requestJson: 'The body is JSON.',
    secret: 'Passwords, codes, tokens and what a passkey answers are left out here. They were sent.',
    setCookie: 'A new ticket: keep it, and show it from now on.',
    clearCookie:
      'An empty ticket that ran out in 1970. That is how a server asks a browser to throw its own away.',
    ignored: 'The browser ignores it here: with credentials: "omit" no cookie goes out, and none comes in.',
    cacheControl: 'No cache may store this response.',
    answerJson: 'The answer is JSON.',
    answerProblem: 'The answer is JSON that tells what went wrong (RFC 9457).',
    location: 'Where to fetch what was created.',
    retryAfter: 'Seconds to wait before trying again.',
  },
  attributes: {
    Path: 'Path=/: for every address of this server.',
    Expires: (moment: string) => `Expires and Max-Age: kept until ${moment}, even when the browser closes.`,
    untilClosed: 'No Expires: kept until the browser closes.',
    HttpOnly: 'HttpOnly: no script may read it.',
    Secure: 'Secure: sent over https only.',
    SameSite:
      'SameSite=Lax: not sent when another site’s page makes the request, except when you follow a link.',
  },
  half: {
    lookedUp: 'Lookup',
    decided: 'Result',
    set: 'Cookie',
    waiting: 'No answer yet.',
    noAnswer: 'No answer. Perhaps the request never arrived.',
    foreign:
      'This is not the server’s answer. Something in between answered in its place, a proxy for instance.',
    notEven: 'None. The origin of a request is checked first of all.',
    unknown: 'Not known: the answer does not say whether a ticket came along.',
    couldNot: 'Not possible at the moment.',
    noTicket: 'None: no ticket came along.',
    found: (number: string, username: string | undefined) =>
      `Found session ${number} (${username ?? 'a guest’s'}) by the ticket’s hash.`,
    foundBefore: (number: string, username: string | undefined) =>
      `By the ticket’s hash. When the server last said so, that was session ${number} (${username ?? 'a guest’s'}).`,
    foundNone: 'No live session has the ticket’s hash.',
    dead: (reason: EndReason) => `No live session has the ticket’s hash. ${reasons[reason]}`,
    looked: 'By the ticket’s hash.',
    refused: ({ title }: Problem) => `Refused: ${title}.`,
    tells: 'Returned what it remembers.',
    tellsNothing: 'Returned that it remembers nothing yet.',
    stranger: 'Answered a stranger.',
    began: 'Began a session, and stored this in it.',
    merged: 'Stored this in the session, too.',
    registered: 'Created the account, and logged you in.',
    loggedIn: 'The password is right. Logged you in.',
    carried: 'What your guest session remembered was taken over.',
    passkeyFits: 'The signature fits the passkey’s public key. Logged you in.',
    recovered:
      'The code is right, and used up. Stored the new password, ended all other sessions, and logged you in.',
    linkOpened: 'Found the link by the hash of its token. It is good, and still not used.',
    linkUsed: 'The link is good, and used up now. Logged you in.',
    challenge: 'Made a challenge, random and good once, and stored its hash for five minutes.',
    proven: 'Noted in your session for five minutes that it was you.',
    waysChanged: 'Stored whether the password alone is enough.',
    passkeyAdded: 'Stored the passkey’s public key. The private one never left your device.',
    passkeyRemoved: 'Deleted the passkey’s public key.',
    codesMade: 'Made ten codes, and stored what checks them. The codes themselves are told this once.',
    linkMade: 'Made a link, and stored the hash of its token.',
    newPassword: 'Stored the new password, and ended all other sessions.',
    ended: 'Ended the session of this ticket. No copy of the ticket works any more.',
    nothingToEnd: 'Nothing to end: there was no session.',
    answered: 'Answered.',
    given: 'A new ticket. The one before, if there was one, is invalid at once.',
    cleared: 'An empty cookie in place of the ticket.',
    untouched: 'Unchanged.',
    setNothing: 'None.',
    untouchedNone: 'None: a visit alone sets no cookie.',
  },

  browser: {
    title: 'Your browser holds',
    nothing: 'Nothing. It has no ticket of this server to show.',
    dead: (reason: EndReason) => `A ticket that counts for nothing. ${reasons[reason]}`,
    explained: 'The ticket itself is 43 random characters. No script can read it, not even this page’s.',
    where: 'To see it yourself',
    devtools: (name: string) =>
      `Open the developer tools (F12). Under Application in Chrome and Edge, or Storage in Firefox and Safari, choose Cookies and this address. The value of ${name} is the ticket.`,
    terminal:
      'Run this line in a terminal, paste the ticket and press Enter; then every line that speaks of $TICKET works there. The server takes whoever has the ticket for you: show it to nobody.',
  },
  server: {
    title: 'The server keeps',
    nothing: 'Nothing about you. A visit alone makes no row.',
    dead: 'Of that session only its hash, when it ended and why; after seven days not even that.',
    ticket: 'Ticket',
    hash: 'stored as its SHA-256',
    whose: 'User',
    guest: 'none: a guest',
    remembered: 'Remembers',
    since: 'Since',
    seen: 'Last seen',
    unused: 'Ends if unused',
    atLatest: 'Ends at the latest',
    from: 'Device and IP',
  },

  path: {
    title: 'Step by step',
    lead: 'Seven steps from a stranger to a logged-in person and back, all of them to be done at the top of this page. Beside each stands how a small Flask program does the same. Its lines come from',
    quickStart: 'Sessions in Flask’s quick-start',
    flask: 'The same in Flask',
    step: (number: number) => `Step ${number}`,
    stepOf: (number: number, count: number) => `Step ${number} of ${count}`,
    done: 'Done',
    take: 'Take this step',
    back: 'Back',
    next: 'Next',
    all: 'You have seen the whole conversation.',
    steps: {
      visit: {
        title: 'A visit without a cookie',
        body: 'This page asked when it opened; now you ask. With a ticket already in your browser, switch “Ask with my ticket” off first. The request carries no ticket, so the server has nothing to look up, and no way to tell you from anybody else. That is what stateless means: each request stands alone. Merely visiting sets no cookie, and nothing is written down.',
        flask: 'Flask’s session is empty, too, when no cookie came.',
      },
      remember: {
        title: 'A cookie, and with it a context',
        body: 'Tell the server what you like. Now there is something to keep, so it writes a row, and its answer says Set-Cookie: here is your ticket, show it from now on. Reload this page, or close the tab and come back: as long as the browser shows the ticket, “what you like” means something.',
        flask:
          'Flask puts the context itself into the cookie, signed with secret_key: whoever holds the cookie can read it, and cannot change it. Here the cookie is only a random number, and the context stays on the server.',
      },
      register: {
        title: 'Register',
        body: 'Make an account. The password is stored as an Argon2id hash, and you are logged in at once, with a new ticket. What you told as a guest comes along.',
        flask: 'The quick-start leaves registration to the reader.',
        link: 'Register',
        closed: 'Here the operator of this site makes the accounts. With one, go on to the next step.',
      },
      logIn: {
        title: 'Log in, and watch the ticket change',
        body: 'If you are logged in, press “Log out” first. Then, as a guest, tell the server what you like, and log in. The number changes and the context survives. Were the number the same, somebody who had planted a ticket in your browser beforehand would now be logged in as you. That is called session fixation.',
        flask:
          'The quick-start’s login believes every name that is typed. Here the password decides, and after ten wrong ones in a row there is a wait.',
        link: 'Log in',
      },
      row: {
        title: 'Look at the row',
        body: 'Ask once more, and look at what the server keeps: whose session it is, since when, from where, what it remembers. The ticket is not in it, only its hash, so that nobody who reads the database can show your ticket.',
        flask: 'Flask keeps no row. What the cookie says counts, as long as its signature is right.',
      },
      end: {
        title: 'When it would end by itself',
        body: 'A session ends when it was not used for a while, and at the latest some time after it began, used or not. Both limits are kept by the server: an Expires in the cookie is only a note to the browser.',
        times: (unused: string, last: string) =>
          `Yours would end ${unused} if you stopped here, and ${last} at the latest.`,
        flask:
          'Flask signs the time into the cookie, and takes it for 31 days unless set otherwise. It cannot end one sooner.',
      },
      logOut: {
        title: 'Log out, and watch it die',
        body: 'Copy the ticket from the developer tools. Run the first line in a terminal and paste it there; the second one then says who you are. Now press “Log out”, and run the second again: the same ticket gets a 401 with the reason “logged-out”. The browser’s cookie is gone, and the copy is worth nothing.',
        flask:
          'Flask can only ask the browser to drop the cookie. A copy made before stays good, for 31 days unless set otherwise.',
      },
    } as Record<StepName, Step>,
  },

  why: {
    title: 'Why am I not logged in?',
    doing: 'Checking…',
    again: 'Check again',
    logInAgain: 'Log in again',
    conversation: 'Back to the conversation',
    open: (url: string) => `Open ${url}`,
    checked: 'What was checked',
    order:
      'For a login to last, each of these must hold. They are checked in this order, up to the first that does not hold.',
    terminal: 'The same from a terminal, in the folder in which the server is run:',
    besides: 'Besides',
    holds: 'in order',
    breaks: 'does not hold',
    unchecked: 'not checked',
    isThatYou: (address: string) => `${address}: is that you?`,
    chain: {
      answer: 'The server answers',
      origin: 'It accepts changes from pages of this address',
      connection: 'The cookie fits the connection',
      cookies: 'The browser stores cookies',
      site: 'The server is on the same site as this page',
      clock: 'Browser and server agree on the time',
      sent: 'The ticket is sent along',
      known: 'Every server process knows the session',
      alive: 'The session is live and somebody is logged in',
      address: 'The server sees your own IP address',
    } satisfies Record<Link, string>,
    causes: {
      fine: ({ name }) => ({
        what: name ? `You are logged in as ${name}.` : 'You are logged in.',
        change: 'Everything that was checked is in order.',
      }),
      'no-answer': ({ server }) => ({
        what: `No answer came from ${server}.`,
        change: 'Check your connection and the address. If both are right, the server may be down.',
      }),
      'not-coatcheck': ({ server }) => ({
        what: `Something answers at ${server}, but it is not Coatcheck: a proxy’s page, or another server.`,
        change: 'Check the address. The operator finds more in the log of whatever stands in between.',
      }),
      unavailable: () => ({
        what: 'The server answers, but cannot look anything up right now.',
        change:
          'Check again in a moment. The operator finds the reason in the log; mostly the database does not answer.',
      }),
      origin: ({ here, home }) => ({
        what: `The server accepts no changes from pages of ${here}, so no login can work here.`,
        change: home
          ? `Open ${home} instead. Or, if ${here} is right, name it in PUBLIC_URL, or in ALLOWED_ORIGINS beside it.`
          : `Add ${here} to ALLOWED_ORIGINS. If it is there, something in between answers in the server’s place.`,
      }),
      loopback: ({ here, home }) => ({
        what: `This page is open at ${here}. To a browser, localhost and 127.0.0.1 are different hosts, and each has its own cookies.`,
        change: `If you logged in at ${home}, continue there, and use one name everywhere.`,
      }),
      'third-party': ({ here, server }) => ({
        what: `${server} is on a different site from ${here}. A SameSite=Lax cookie is never sent with such a call.`,
        change:
          'Serve page and server under one domain, like app.example.com and id.example.com, both over https.',
      }),
      omitted: () => ({
        what: 'You are logged in. Your last request was made with credentials: "omit", so it carried no ticket.',
        change:
          'Here: switch “Ask with my ticket” on. In your own page: give fetch credentials: "include", as the client of @coatcheck/api-types does.',
      }),
      'secure-over-http': ({ here, home }) => ({
        what: `The cookie is Secure, and this page came over http (${here}). The browser neither stores nor sends it here.`,
        change: `Open ${home ?? 'the https address'} instead. If there is no https here, PUBLIC_URL must not say so.`,
      }),
      'public-url-http': ({ server }) => ({
        what: 'The server is reached over https, but takes an http address for its own.',
        change: `Set PUBLIC_URL=${server}, and start the server again.`,
      }),
      'cookies-blocked': () => ({
        what: 'This browser stores no cookies for this address.',
        change:
          'Allow cookies for it in the browser’s settings, or switch off what blocks them, and log in again.',
      }),
      databases: () => ({
        what: 'Asked several times with the same ticket, the server knew it sometimes and sometimes not. Several processes answer, and not all of them use the same database.',
        change: 'Give all of them the same DATABASE_URL. Processes on several machines need PostgreSQL.',
      }),
      unknown: () => ({
        what: 'The ticket was sent, but the server knows no session for it: the session ended more than a week ago, or this is another database.',
        change:
          'Log in again. If that happens to everybody, the server’s DATABASE_URL has changed, or its data was restored from a backup.',
      }),
      'expired-idle': () => ({
        what: 'Your session ended after a while without use.',
        change:
          'Log in again. With “Stay logged in”, a session may go unused for longer. The operator sets both limits.',
      }),
      'expired-absolute': () => ({
        what: 'Your session had reached its time limit.',
        change: 'Log in again. With “Stay logged in”, a session lasts longer. The operator sets both limits.',
      }),
      'logged-out': () => ({
        what: 'The session of this ticket was logged out.',
        change: 'Log in again.',
      }),
      replaced: () => ({
        what: 'A newer ticket took the place of this one, but the browser still sends the old one.',
        change: 'Log in again.',
      }),
      revoked: () => ({
        what: 'Your session was ended from elsewhere, for example from another device or by a new password.',
        change: 'Log in again. If it was not you, change your password.',
      }),
      guest: () => ({
        what: 'The server knows you again, as a guest: nobody has logged in with this ticket.',
        change: 'Log in.',
      }),
      never: () => ({
        what: 'Your browser has no ticket of this server.',
        change:
          'Nobody has logged in here, or somebody logged out, or the browser was closed since, or this is a private window. Log in; with “Stay logged in”, you stay so when the browser closes.',
      }),
      clock: ({ ahead }) => ({
        what: `The server’s clock is ${ahead} this browser’s. Cookies may end too soon or too late.`,
        change: 'Synchronise both clocks (NTP).',
      }),
      proxy: ({ address }) => ({
        what: `The server sees you at ${address}, which is the proxy in front of it. All users share that one IP, so one user’s failed logins slow everybody down.`,
        change: 'Add the proxy’s address to TRUSTED_PROXIES, and let the proxy send X-Forwarded-For.',
      }),
    } satisfies Record<Cause, (of: Circumstances) => Advice> as Record<Cause, (of: Circumstances) => Advice>,
    ahead: (minutes: number) => (minutes > 0 ? `${spell(minutes)} ahead of` : `${spell(-minutes)} behind`),
  },
};

const spell = (minutes: number) =>
  minutes < 120 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`;

/** The two sentences about a cause: `what` is broken, and which `change` mends it. */
export interface Advice {
  what: string;
  change: string;
}

/** The words of a step of the lesson. */
interface Step {
  title: string;
  body: string;
  /** The sentence about the Flask lines beside the step. */
  flask: string;
  /** The words of the link to the form of the step. */
  link?: string;
  /** Stands in place of the link where not everybody may register. */
  closed?: string;
  /** Says when the session ends if it is not used, and when it ends at the latest. */
  times?: (unused: string, last: string) => string;
}

/** The words of this page in a language. Every language has exactly these entries. */
export type ConversationWords = typeof words;
