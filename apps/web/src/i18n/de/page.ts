import type { Circumstances, FieldName, FieldSentences, OfField, Words } from '../en/page.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';

const { moment, day, clock, when, dayHeading, duration, wait } = timesIn('de');

const asksAgain = 'Diese Seite versucht es von selbst weiter';
const tryAgain = ({ seconds, byItself }: Circumstances) =>
  byItself
    ? asksAgain
    : seconds > 0
      ? `Versuch es in ${inTime(seconds)} noch einmal`
      : 'Versuch es jetzt noch einmal';
/** Joins an advice with the advice to try again. */
const andTryAgain = (what: string, { byItself }: Circumstances) =>
  byItself ? `${what}. ${asksAgain}` : `${what} und versuch es noch einmal`;
// After "in" and "nach" stands the dative, which Intl does not know.
const dative = (span: string) => span.replace(/(Tage|Monate|Jahre)$/, '$1n');
const inTime = (seconds: number) => dative(wait(seconds));
const mismatch = () => 'Diese Seite ist veraltet. Lade sie neu und versuch es noch einmal';

const tooLong =
  (what: string): OfField =>
  ({ limit = 0, actual = 0 }) =>
    `${what} darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`;
const tooShort =
  (what: string): OfField =>
  ({ limit = 0, actual = 0 }) =>
    `${what} braucht mindestens ${limit} Zeichen. Hier sind es ${actual}`;

const fields: Record<FieldName, FieldSentences> = {
  username: {
    required: () => 'Gib einen Benutzernamen ein',
    'too-short': tooShort('Der Benutzername'),
    'too-long': tooLong('Der Benutzername'),
    'bad-characters': (_, username) =>
      /^[a-z0-9._-]+$/i.test(username)
        ? 'Der Benutzername muss mit einem Buchstaben oder einer Ziffer beginnen und enden'
        : 'Der Benutzername darf nur a bis z, 0 bis 9, Punkt, Bindestrich und Unterstrich enthalten',
  },
  password: {
    required: () => 'Gib ein Passwort ein',
    'too-long': tooLong('Das Passwort'),
    'bad-characters': () =>
      'Das Passwort enthält ein Zeichen, das nicht erlaubt ist. Gib es ohne dieses Zeichen ein',
  },
};

const closed = 'Registrieren ist hier nicht möglich';
const toApp = (name: string | null | undefined) => (name ? `zu ${isolated(name)}` : 'zur App');

/** German: the words of the first page. */
export const words: Words = {
  fields,
  problems: {
    'invalid-credentials': () =>
      'Benutzername oder Passwort stimmt nicht. Prüfe beide und versuch es noch einmal',
    'passkey-required': () => 'Dieses Konto verlangt einen Passkey',
    'proof-required': () => 'Zeig, dass du es bist, und versuch es noch einmal',
    'last-way-in': () => 'Das ist dein letzter Anmeldeweg. Richte erst einen anderen ein',
    'not-logged-in': () => 'Du bist nicht angemeldet. Melde dich an und versuch es noch einmal',
    'registration-closed': () => closed,
    'wrong-password': () => 'Das aktuelle Passwort stimmt nicht. Prüfe es und versuch es noch einmal',
    // The one sentence of the server that no page can know: it names the address to open instead.
    'origin-not-allowed': ({ detail }) => detail,
    'not-found': mismatch,
    'method-not-allowed': mismatch,
    'app-unreachable': mismatch,
    'too-large': mismatch,
    'unsupported-media-type': mismatch,
    'username-taken': ({ username }) =>
      `${username} ist vergeben. Wähle einen anderen Benutzernamen, oder melde dich an, wenn es deiner ist`,
    'too-many-requests': (of) => `Zu viele Versuche. ${tryAgain(of)}`,
    unavailable: (of) => `Das geht gerade nicht. ${tryAgain(of)}`,
    'internal-error': ({ byItself }) =>
      `Auf dem Server ist ein Fehler aufgetreten. ${byItself ? asksAgain : 'Versuch es noch einmal'}`,
  },
  failures: {
    'no-answer': (of) => `Keine Antwort. ${andTryAgain('Prüfe deine Verbindung', of)}.`,
    'foreign-answer': (of) => {
      switch (of.status) {
        case 408:
          return andTryAgain('Das kam zu langsam beim Server an. Prüfe deine Verbindung', of);
        case 413:
          return `Etwas vor dem Server fand das zu lang. ${of.byItself ? asksAgain : 'Kürze, was du getippt hast, und versuch es noch einmal'}`;
        case 431:
          return andTryAgain(
            'Dein Browser hat für diese Seite mehr Cookies, als der Server annimmt. Lösche die Cookies dieser Seite',
            of,
          );
        case 429:
          return `Zu viele Anfragen. ${of.byItself ? asksAgain : 'Warte einen Moment und versuch es dann noch einmal'}`;
        case 401:
        case 403:
        case 404:
        case 500:
          return `Etwas anderes hat anstelle des Servers geantwortet. ${of.byItself ? asksAgain : 'Prüfe die Adresse und versuch es gleich noch einmal'}`;
        case 502:
        case 503:
        case 504:
          return `Der Server hinter dieser Adresse antwortet nicht. ${of.byItself ? asksAgain : 'Versuch es gleich noch einmal'}`;
        default:
          return andTryAgain(
            'Etwas anderes hat anstelle des Servers geantwortet. Prüfe deine Verbindung',
            of,
          );
      }
    },
    stopped: () =>
      'Du hast abgebrochen. Versuch es noch einmal, oder lade die Seite neu, um zu sehen, ob es geklappt hat',
    'cookie-not-kept': () =>
      'Dein Browser hat das Cookie nicht gespeichert. Erlaube Cookies für diese Seite und melde dich noch einmal an',
  },
  reasons: {
    unknown: () => 'Der Server kennt diese Sitzung nicht. Melde dich an, um eine neue zu beginnen.',
    'expired-idle': (idle) =>
      idle
        ? `Abgemeldet nach ${dative(duration(idle))} ohne Nutzung.`
        : 'Abgemeldet nach einiger Zeit ohne Nutzung.',
    'expired-absolute': () => 'Abgemeldet, weil diese Sitzung ihre Höchstdauer erreicht hatte.',
    'logged-out': () => 'Du hast dich abgemeldet.',
    replaced: () =>
      'Eine neuere Marke trat an die Stelle der bisherigen, bei einer Anmeldung, einer Registrierung oder einer Passwortänderung.',
    revoked: () =>
      'Diese Sitzung wurde beendet, zum Beispiel von einem anderen Gerät aus oder durch eine Passwortänderung.',
  },
  mismatch: mismatch(),

  moment,
  day,
  clock,
  when,
  dayHeading,
  duration,

  errorTitle: (title) => `Fehler: ${title}`,
  skip: 'Zum Inhalt',
  places: 'Seiten',
  problem: 'Da stimmt etwas nicht',
  tryAgain: 'Noch einmal versuchen',
  tryAgainNow: 'Du kannst es jetzt noch einmal versuchen.',
  waitFor: (seconds) => `Noch ${wait(seconds)}`,
  takingLong: 'Das dauert länger als sonst.',
  stopWaiting: 'Abbrechen',
  mayBeOld: 'Was du siehst, ist vielleicht veraltet.',
  home: 'Zur Startseite',
  backTo: (name) => `Zurück ${toApp(name)}`,
  languages: 'Sprache',
  runBy: 'Betrieben von',
  contact: 'Kontakt',
  source: 'Quellcode',
  help: 'Brauchst du Hilfe?',

  loading: 'Der Server wird gefragt, wer du bist …',
  unreachable: {
    noAnswer: 'Keine Antwort vom Server',
    unavailable: 'Der Server ist nicht verfügbar',
    body: 'Die Garderobe ist nicht besetzt. Dein Mantel hängt noch da, wo er hing.',
  },
  why: 'Warum bin ich nicht angemeldet?',

  loggedInAs: (name) => `Angemeldet als ${name}`,
  watch: 'So funktioniert es',
  stranger: {
    title: 'Du bist nicht angemeldet',
    lead: 'Gib deinen Mantel ab und nimm eine Marke.',
    toUse: (house) => `Melde dich an oder registriere dich, um ${isolated(house)} zu nutzen.`,
  },
  terminal: { title: 'Aus einem Terminal', copy: 'Kopieren', copied: 'Kopiert' },
  known: {
    body: 'Dein Browser zeigt diese Marke, ein Cookie, bei jeder Anfrage vor. So erkennt dich der Server wieder.',
    account: 'Dein Konto',
    kept: 'Du bleibst bis',
    unlessUnused: (idle) => ` angemeldet${idle ? `, ohne Nutzung ${duration(idle)}` : ''}.`,
  },

  username: 'Benutzername',
  password: 'Passwort',
  optional: 'optional',
  remember: 'Auf diesem Gerät angemeldet bleiben',
  rememberHint:
    'Für begrenzte Zeit, auch nach dem Schließen des Browsers. Nicht auf gemeinsam genutzten Geräten.',
  capsLock: 'Die Feststelltaste ist an.',
  show: 'Zeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort zeigen',
  hidePassword: 'Passwort verbergen',
  shown: 'Dein Passwort ist zu sehen.',
  hidden: 'Dein Passwort ist verborgen.',

  register: {
    title: 'Registrieren',
    action: 'Registrieren',
    done: (name) => `Du bist registriert, ${name}`,
    closed,
  },
  logIn: {
    title: 'Anmelden',
    action: 'Anmelden',
    doing: 'Anmeldung läuft …',
    to: (house) => `Bei ${isolated(house)} anmelden`,
    toSee: 'Melde dich an, um diese Seite zu sehen.',
    instead: 'Neu hier?',
    forgotten: 'Passwort vergessen?',
  },
  already: {
    title: (name) => `Du bist schon als ${name} angemeldet`,
    body: 'Um ein anderes Konto zu nutzen, melde dich erst ab.',
    meanwhile: (name) => `Du hast dich in einem anderen Tab als ${name} angemeldet.`,
  },
  goOn: {
    action: 'Weiter',
    to: (name) => `Weiter ${toApp(name)}`,
    wanted: (host) => `und weiter zu ${host}`,
    going: (host) => (host ? `Es geht weiter zu ${host} …` : 'Es geht weiter …'),
  },
  logOut: {
    action: 'Abmelden',
    doing: 'Abmeldung läuft …',
    done: 'Du bist abgemeldet',
    torn: (ticket) =>
      `${ticket ? `Marke ${ticket}` : 'Deine Marke'} ist zerrissen; keine Kopie davon gilt noch.`,
    again: 'Wieder anmelden',
  },

  account: {
    title: 'Dein Konto',
  },
  leave: {
    goodbye: 'Auf Wiedersehen',
    gone: 'Dein Konto und deine Daten sind gelöscht. Danke, dass du deinen Mantel bei uns gelassen hast.',
  },
  ticket: {
    name: 'Marke',
    none: (had) => (had ? 'Keine Marke.' : 'Noch keine Marke.'),
    stranger:
      'Wenn du dich anmeldest, bekommt dein Browser eine, ein Cookie, und zeigt sie bei jeder Anfrage vor.',
    torn: 'Die letzte ist zerrissen, der Server nimmt sie nicht mehr an.',
    since: 'seit',
    guest: 'Ein Gast',
    unknownDevice: 'Ein Programm ohne Namen',
    device: (browser, system) => (browser && system ? `${browser} auf ${system}` : (browser ?? system)),
  },

  notFound: {
    title: 'Seite nicht gefunden',
    body: 'An diesem Haken hängt kein Mantel. Prüfe die Adresse, oder fang auf der Startseite neu an.',
  },
  broken: {
    title: 'Da ist etwas schiefgegangen',
    body: 'Die Kleiderstange ist heruntergefallen. Deine Anmeldung ist davon unberührt. Lade die Seite neu, oder geh zur Startseite.',
    reload: 'Seite neu laden',
  },
  outdated: {
    title: 'Lade diese Seite neu, um weiterzumachen',
    body: 'Ein Teil von ihr lässt sich nicht holen, wahrscheinlich, weil es eine neue Fassung gibt.',
    part: 'Ein Teil dieser Seite lässt sich nicht holen, wahrscheinlich, weil es eine neue Fassung gibt.',
    typed: 'Was du getippt hast, bleibt, bis du neu lädst.',
  },
};
