import type { EventType } from '@coatcheck/api-types';
import type { AccountWords } from '../en/account.ts';
import { timesIn } from '../times.ts';

const { plural, number } = timesIn('de');

const events: Record<EventType, (count: number) => string> = {
  registered: () => 'Du hast dich registriert',
  'logged-in': () => 'Angemeldet',
  'login-failed': (count) =>
    plural(
      count,
      'Eine Anmeldung mit falschem Passwort',
      `${number(count)} Anmeldungen mit falschem Passwort`,
    ),
  'logged-out': () => 'Abgemeldet',
  'session-ended': (count) =>
    plural(count, 'Eine andere Sitzung beendet', `${number(count)} andere Sitzungen beendet`),
  'profile-changed': () => 'Anzeigename oder E-Mail geändert',
  'password-changed': () => 'Passwort geändert, alle anderen Sitzungen endeten',
  'password-refused': (count) =>
    plural(count, 'Ein falsches jetziges Passwort', `${number(count)} falsche jetzige Passwörter`),
  'password-reset': () => 'Ein neues Passwort wurde gesetzt, alle Sitzungen endeten',
};

/** German: the words of the account's pages. */
export const words: AccountWords = {
  area: {
    title: 'Seiten deines Kontos',
    asking: 'Der Server wird gefragt …',
  },
  overview: {
    link: 'Konto',
    username: 'Name',
    name: 'Anzeigename',
    since: 'Registriert',
    session: 'Diese Sitzung',
    explained: 'Eine Sitzung ist der Aufenthalt eines Browsers. Zeiten stimmen auf die Minute.',
    device: 'Gerät',
    started: 'Begonnen',
    seen: 'Zuletzt gesehen',
    ends: 'Dauert bis',
    address: 'Adresse',
    cookie: 'Cookie',
    remembered: 'bleibt, wenn der Browser geschlossen wird',
    forgotten: 'endet, wenn der Browser geschlossen wird',
  },
  profile: {
    title: 'Profil',
    nameHint: 'Erscheint statt deines Namens.',
    action: 'Speichern',
    doing: 'Wird gespeichert …',
    saved: 'Gespeichert.',
    fields: {
      displayName: {
        required: () => 'Gib einen Anzeigenamen ein, oder lass das Feld leer',
        'too-long': ({ limit = 0, actual = 0 }) =>
          `Der Anzeigename darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`,
        'bad-characters': () =>
          'Der Anzeigename enthält ein Zeichen, das sich nicht speichern lässt. Tippe ihn ohne dieses Zeichen',
      },
    },
  },
  data: {
    title: 'Deine Daten',
    body: 'Alles, was über dich aufbewahrt wird, in einer JSON-Datei.',
    action: 'Herunterladen',
    doing: 'Wird geladen …',
  },
  sessions: {
    link: 'Sitzungen',
    title: 'Wo du angemeldet bist',
    explained:
      'Eine Sitzung ist der Aufenthalt eines Browsers; mehrere je Gerät sind üblich. Zeiten stimmen auf die Minute.',
    notYours: 'Nicht deine? Beende sie, und dann',
    changePassword: 'ändere dein Passwort',
    thisDevice: 'Dieses Gerät',
    seen: 'Zuletzt gesehen',
    started: 'Begonnen',
    lasts: 'Dauert bis',
    end: 'Sitzung beenden',
    ending: 'Wird beendet …',
    of: (device, number) => ` ${device}, Marke ${number}`,
    ended: 'Eben beendet',
    said: (device, number) => `Beendet: ${device}, Marke ${number}.`,
    endOthers: (count) =>
      plural(count, 'Die andere Sitzung beenden', `${number(count)} andere Sitzungen beenden`),
    othersEnded: (count) =>
      plural(count, 'Die andere Sitzung ist beendet.', `${number(count)} andere Sitzungen sind beendet.`),
    alone: 'Nur dieses Gerät ist angemeldet.',
    more: (count) => `${number(count)} weitere zeigen`,
  },
  newPassword: {
    link: 'Passwort',
    title: 'Passwort ändern',
    explained: 'Dieser Browser bleibt angemeldet. Alle anderen Sitzungen enden.',
    current: 'Jetziges Passwort',
    fresh: 'Neues Passwort',
    action: 'Passwort ändern',
    doing: 'Wird geändert …',
    done: 'Dein Passwort ist geändert. Alle anderen Sitzungen sind beendet.',
  },
  leave: {
    link: 'Gehen',
    title: 'Für immer gehen',
    explained:
      'Dein Konto, deine Sitzungen, dein Verlauf und alles andere, was über dich aufbewahrt wird, werden sofort entfernt. Niemand kann sie zurückholen, und dein Name wird frei.',
    before: 'Bevor du gehst, kannst du deine Daten mitnehmen.',
    action: 'Mein Konto entfernen',
    doing: 'Wird entfernt …',
  },
  activity: {
    link: 'Verlauf',
    title: 'Was hier geschah',
    explained: 'Was älter als 90 Tage ist, wird vergessen.',
    events,
    newDevice: 'Neues Gerät',
    server: 'auf dem Server selbst',
    notYou: 'Warst du das nicht? Beende die Sitzung, und dann',
    nothing:
      'In den letzten 90 Tagen ist nichts geschehen. Anmeldungen, Änderungen und gescheiterte Versuche werden hier stehen.',
    earlier: 'Früheres zeigen',
    beginning: 'Das ist alles.',
  },
};
