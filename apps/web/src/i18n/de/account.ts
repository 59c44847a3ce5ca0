import type { EventType } from '@coatcheck/api-types';
import type { AccountWords } from '../en/account.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';

const { plural, number, clock } = timesIn('de');

// A count of failed tries stands before the sentence.
const events: Record<EventType, (count: number) => string> = {
  registered: () => 'Registriert',
  'logged-in': () => 'Angemeldet',
  'login-failed': (count) =>
    plural(count, 'Anmeldung mit falschem Passwort', 'Anmeldungen mit falschem Passwort'),
  'logged-out': () => 'Abgemeldet',
  'session-ended': (count) =>
    plural(count, 'Eine andere Sitzung beendet', `${number(count)} andere Sitzungen beendet`),
  'profile-changed': () => 'Anzeigename oder E-Mail geändert',
  'password-changed': () => 'Passwort geändert, alle anderen Sitzungen beendet',
  'password-refused': () => 'Falsches aktuelles Passwort eingegeben',
  'password-reset': () => 'Passwort neu gesetzt, alle Sitzungen beendet',
  'passkey-added': () => 'Passkey hinzugefügt',
  'passkey-removed': () => 'Passkey entfernt',
  'passkey-missing': () => 'Richtiges Passwort, kein Passkey: nicht angemeldet',
  'login-methods-changed': () => 'Geändert, ob das Passwort allein genügt',
  'recovery-codes-made': () => 'Neue Wiederherstellungscodes, frühere ungültig',
  'recovery-code-used': () =>
    'Mit einem Wiederherstellungscode Passwort ersetzt, alle anderen Sitzungen beendet',
  'reset-link-made': () => 'Der Betreiber hat einen Link für ein neues Passwort gemacht',
  'reset-link-used': () => 'Mit dem Link Passwort ersetzt, alle anderen Sitzungen beendet',
  'device-link-made': () => 'Link gemacht, der ein anderes Gerät anmeldet',
  'device-link-used': () => 'Ein anderes Gerät hat sich mit deinem Link angemeldet',
};

const noAddress = () => 'Gib eine E-Mail-Adresse wie ada@example.com ein, oder lass das Feld leer';

/** German: the words of the account's pages. */
export const words: AccountWords = {
  area: {
    title: 'Seiten deines Kontos',
    asking: 'Der Server wird gefragt …',
  },
  overview: {
    link: 'Konto',
  },
  profile: {
    title: 'Profil',
    username: 'Benutzername',
    since: 'Registriert',
    name: 'Anzeigename',
    nameHint: 'Erscheint statt deines Benutzernamens.',
    email: 'E-Mail',
    emailHint: 'Wird nur mit deinem Konto gespeichert und nicht geprüft. Wir senden keine E-Mails.',
    action: 'Speichern',
    doing: 'Wird gespeichert …',
    saved: 'Gespeichert.',
    fields: {
      displayName: {
        required: () => 'Gib einen Anzeigenamen ein, oder lass das Feld leer',
        'too-long': ({ limit = 0, actual = 0 }) =>
          `Der Anzeigename darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`,
        'bad-characters': () =>
          'Der Anzeigename enthält ein Zeichen, das nicht erlaubt ist. Gib ihn ohne dieses Zeichen ein',
      },
      email: {
        required: noAddress,
        'too-long': ({ limit = 0, actual = 0 }) =>
          `Die E-Mail-Adresse darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`,
        malformed: noAddress,
        'bad-characters': noAddress,
      },
    },
  },
  doors: {
    title: 'Sicherheit und Daten',
    sessions: (count) => `${number(count)} aktiv`,
  },
  data: {
    title: 'Deine Daten',
    body: 'Alles, was über dich gespeichert ist, in einer JSON-Datei.',
    action: 'Herunterladen',
    ofWhat: ': deine Daten',
    doing: 'Lädt herunter …',
  },
  sessions: {
    link: 'Sitzungen',
    title: 'Wo du angemeldet bist',
    explained:
      'Eine Sitzung ist eine Anmeldung in einem Browser; mehrere auf einem Gerät sind üblich. Zeiten sind auf die Minute genau.',
    notYours: 'Eine davon ist nicht deine? Beende sie und',
    changePassword: 'ändere dann dein Passwort',
    current: 'Diese Sitzung',
    activeNow: 'Jetzt aktiv',
    justNow: 'gerade eben',
    details: 'Mehr',
    about: (session) => ` zu ${session}`,
    seen: 'Zuletzt genutzt',
    started: 'Begonnen',
    expires: 'Gültig bis',
    ifUnused: (idle) => `oder ${idle} ohne Nutzung`,
    cookie: 'Cookie',
    remembered: 'bleibt, wenn der Browser geschlossen wird',
    untilClosed: 'endet, wenn der Browser geschlossen wird',
    end: 'Beenden',
    ending: 'Wird beendet …',
    name: (device, number) => `${device}, Marke ${number}`,
    of: (session) => `: Sitzung ${session}`,
    ended: 'Eben beendet',
    said: (session) => `Beendet: ${session}.`,
    endOthers: (count) =>
      plural(count, 'Die andere Sitzung beenden', `${number(count)} andere Sitzungen beenden`),
    othersEnded: (count) =>
      plural(count, 'Die andere Sitzung wurde beendet.', `${number(count)} andere Sitzungen wurden beendet.`),
    alone: 'Du hast keine anderen Sitzungen.',
    more: (count) => `${number(count)} weitere zeigen`,
  },
  newPassword: {
    link: 'Passwort',
    title: 'Passwort ändern',
    explained: 'Hier bleibst du angemeldet. Alle anderen Sitzungen werden beendet.',
    current: 'Aktuelles Passwort',
    fresh: 'Neues Passwort',
    action: 'Passwort ändern',
    doing: 'Wird geändert …',
    done: (ended) => {
      if (ended === undefined) return 'Dein Passwort ist geändert. Alle anderen Sitzungen wurden beendet.';
      if (ended === 0) return 'Dein Passwort ist geändert.';
      const sessions = plural(ended, 'Die andere Sitzung wurde', `${number(ended)} andere Sitzungen wurden`);
      return `Dein Passwort ist geändert. ${sessions} beendet.`;
    },
  },
  confirmLogOut: {
    title: (house) => (house ? `Von ${isolated(house)} abmelden?` : 'Abmelden?'),
  },
  leave: {
    link: 'Konto löschen',
    title: 'Konto löschen',
    explained:
      'Dein Konto, deine Sitzungen, deine Kontoaktivität und alles andere, was über dich gespeichert ist, werden sofort gelöscht. Das lässt sich nicht rückgängig machen. Deinen Benutzernamen bekommt niemand wieder, auch du nicht: Dafür bleibt sein Fingerabdruck (ein Hash) gespeichert.',
    download: 'Deine Daten herunterladen',
    action: 'Konto löschen',
    doing: 'Wird gelöscht …',
  },
  ending: {
    title: 'Deine Sitzung',
    soon: (at) => `Du wirst um ${clock(at)} abgemeldet, wenn du nicht aktiv bleibst.`,
    forGood: (at) =>
      `Diese Sitzung erreicht um ${clock(at)} ihre Höchstdauer. Mach fertig, was du gerade tust, und melde dich dann neu an.`,
    stay: 'Angemeldet bleiben',
  },
  activity: {
    link: 'Aktivität',
    title: 'Kontoaktivität',
    explained: 'Einträge, die älter als 90 Tage sind, werden gelöscht.',
    events,
    failed: (count) => (count === 1 ? 'Gescheitert' : `Gescheitert × ${number(count)}`),
    lastFrom: 'zuletzt von',
    newDevice: 'Neues Gerät',
    server: 'auf dem Server selbst',
    notYou: 'Warst du das nicht? Beende die Sitzung und',
    nothing:
      'In den letzten 90 Tagen ist nichts geschehen. Anmeldungen, Änderungen und gescheiterte Versuche erscheinen hier.',
    earlier: 'Früheres zeigen',
    beginning: 'Keine älteren Einträge.',
  },
};
