import type { EventType } from '@coatcheck/api-types';
import type { PasskeyTrouble } from '../../webauthn/webauthn.ts';
import type { AccountWords } from '../en/account.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';

const { plural, number, clock, day } = timesIn('de');

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

const unsupported = 'Dieser Browser oder dieses Gerät hat keine Passkeys, oder keine Bildschirmsperre dafür';
const wrongHost = 'Die Passkeys dieses Servers gehören zu einer anderen Adresse als diese Seite';
const notMade: Record<PasskeyTrouble, string> = {
  cancelled:
    'Kein Passkey wurde hinzugefügt: Der Dialog wurde geschlossen, oder seine Zeit lief ab. Versuch es noch einmal, wenn du so weit bist',
  'already-here': 'Auf diesem Gerät ist schon ein Passkey deines Kontos',
  unsupported,
  'wrong-host': wrongHost,
  failed: 'Der Browser konnte keinen Passkey machen. Versuch es noch einmal oder in einem anderen Browser',
};
const notShown: Record<PasskeyTrouble | 'refused', string> = {
  cancelled:
    'Kein Passkey wurde gezeigt: Der Dialog wurde geschlossen, oder seine Zeit lief ab. Versuch es noch einmal, wenn du so weit bist',
  'already-here': 'Der Browser konnte diesen Passkey nicht zeigen. Versuch einen anderen',
  unsupported,
  'wrong-host': wrongHost,
  failed: 'Der Browser konnte keinen Passkey zeigen. Versuch es noch einmal oder in einem anderen Browser',
  refused: 'Der Server hat diesen Passkey nicht angenommen. Versuch einen anderen',
};

const made = (iso: string) => `Gemacht am ${day(iso)}. Frühere Codes gelten nicht mehr.`;

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
    codes: (left) => (left === 0 ? 'keine Codes' : plural(left, 'noch 1 Code', `noch ${number(left)} Codes`)),
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
  ways: {
    link: 'Anmeldewege',
    title: 'Anmeldewege',
  },
  proof: {
    title: 'Zeig, dass du es bist',
    explained:
      'Was jetzt kommt, ändert, wer in dein Konto kommt. Danach wirst du fünf Minuten lang nicht noch einmal gefragt.',
    passkey: 'Passkey benutzen',
    showing: 'Wartet auf deinen Passkey …',
    insteadOf: 'Oder gib dein Passwort ein.',
    action: 'Weiter',
    doing: 'Wird geprüft …',
    cancel: 'Abbrechen',
    notShown,
    lost: 'Passkey verloren? Bitte den Betreiber dieser Seite, dein Passwort wieder genügen zu lassen.',
    standsIn: 'Kein Passwort zur Hand?',
    shown: 'Du hast einen Passkey gezeigt. Dein Passwort ist nicht nötig.',
  },
  passkeys: {
    title: 'Passkeys',
    explained:
      'Mit einem Passkey meldest du dich mit Fingerabdruck, Gesicht oder Bildschirmsperre an. Es gibt nichts einzutippen und nichts zu erraten.',
    none: 'Du hast noch keinen.',
    add: 'Passkey hinzufügen',
    adding: 'Wartet auf deinen Browser …',
    added: (name) => `Hinzugefügt: ${isolated(name)}. Gib ihm einen Namen, an dem du ihn erkennst.`,
    since: (day) => `hinzugefügt: ${day}`,
    used: (ago) => `zuletzt benutzt: ${ago}`,
    unused: 'noch nicht benutzt',
    synced: 'Mit anderen Geräten abgeglichen',
    single: 'Nur auf einem Gerät',
    change: 'Ändern',
    of: (name) => `: Passkey ${isolated(name)}`,
    name: 'Name dieses Passkeys',
    save: 'Speichern',
    saving: 'Wird gespeichert …',
    saved: (name) => `Gespeichert: ${isolated(name)}.`,
    remove: 'Entfernen',
    removal: (name) => `${isolated(name)} entfernen? Damit meldet sich dann niemand mehr an.`,
    keep: 'Behalten',
    last: 'Dein Konto verlangt einen Passkey, und das ist der einzige. Füg erst einen anderen hinzu, oder lass das Passwort wieder genügen: Beides steht weiter unten auf dieser Seite',
    removing: 'Wird entfernt …',
    removed: (name) =>
      `Entfernt: ${isolated(name)}. Damit meldet sich niemand mehr an. Lösch ihn auch auf deinem Gerät.`,
    fields: {
      name: {
        required: () => 'Gib einen Namen für diesen Passkey ein',
        'too-long': ({ limit = 0, actual = 0 }) =>
          `Der Name darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`,
        'bad-characters': () =>
          'Der Name enthält ein Zeichen, das nicht erlaubt ist. Gib ihn ohne dieses Zeichen ein',
      },
    },
    notMade,
    elsewhere: 'An einer Adresse aus Zahlen gibt es keine Passkeys.',
    open: (host) => `Diese Seite auf ${host} öffnen`,
    unnamed: 'Mein Passkey',
  },
  codes: {
    title: 'Wiederherstellungscodes',
    explained: 'Ein Wiederherstellungscode ersetzt ein vergessenes Passwort. Jeder Code gilt einmal.',
    none: 'Du hast keine Wiederherstellungscodes.',
    first: 'Mach dir jetzt welche, dann kostet ein vergessenes Passwort nicht dein Konto.',
    left: (count) => `Noch ${number(count)} von 10 Codes.`,
    few: 'Mach dir neue, bevor du den letzten brauchst.',
    make: 'Codes machen',
    again: 'Neue Codes machen',
    voids: 'Neue Codes ersetzen die früheren; diese gelten dann nicht mehr.',
    making: 'Codes werden gemacht …',
    shown: 'Deine neuen Codes',
    once: 'Du siehst sie nur dieses eine Mal. Bewahre sie auf wie einen Zweitschlüssel, nicht bei deinem Passwort.',
    whose: (username, house) => `Für ${username} bei ${isolated(house)}`,
    list: 'Wiederherstellungscodes',
    copy: 'Kopieren',
    save: 'Als Datei speichern',
    print: 'Drucken',
    kept: 'Ich habe sie aufbewahrt',
    leave:
      'Gehen, ohne die Codes aufzubewahren? Du siehst sie nicht noch einmal, und die früheren gelten nicht mehr.',
    made,
    done: 'Deine neuen Wiederherstellungscodes gelten.',
    lost: 'Deine Sitzung ist zu Ende gegangen, während deine neuen Wiederherstellungscodes zu sehen waren. Wenn du sie nicht aufbewahrt hast, mach dir nach dem Anmelden neue: Die früheren gelten nicht mehr.',
    file: (username, house, at, iso) => ({
      before: `Wiederherstellungscodes für ${username} bei ${house}\n${made(iso)}`,
      after: `Jeder Code ersetzt einmal ein vergessenes Passwort:\n${at}`,
    }),
  },
  passwordWay: {
    alone: 'Mit deinem Passwort meldest du dich an.',
    notAlone:
      'Dein Passwort allein genügt nicht. Du meldest dich mit einem Passkey an, oder mit einem Wiederherstellungscode und einem neuen Passwort.',
    change: 'Passwort ändern',
    title: 'Nicht mit dem Passwort allein',
    explained:
      'Wenn du das einschaltest, kommt auch jemand, der dein Passwort erfährt, nicht hinein: Zum Anmelden braucht es einen deiner Passkeys. Alle anderen Sitzungen werden beendet.',
    second:
      'Füg am besten erst einen zweiten Passkey hinzu. Ganz ohne Passkey kannst du das nicht mehr ausschalten, das kann dann nur der Betreiber dieser Seite.',
    needs: {
      both: 'Dafür brauchst du zuerst einen Passkey und Wiederherstellungscodes.',
      passkey: 'Dafür brauchst du zuerst einen Passkey.',
      codes: 'Dafür brauchst du zuerst Wiederherstellungscodes.',
    },
    demand: 'Immer nach einem Passkey fragen',
    allow: 'Passwort wieder genügen lassen',
    doing: 'Wird geändert …',
    demanded: 'Ab jetzt genügt dein Passwort allein nicht mehr. Alle anderen Sitzungen wurden beendet.',
    allowed: 'Ab jetzt genügt dein Passwort wieder.',
  },
  otherDevice: {
    title: 'Ein anderes Gerät',
    explained:
      'Ein Code auf diesem Bildschirm meldet ein Telefon oder einen anderen Computer an. Dort gibst du kein Passwort ein.',
    action: 'Code zeigen',
    doing: 'Code wird gemacht …',
    notOffered:
      'Dieser Server ist nur von diesem Rechner aus erreichbar, darum lässt sich kein anderes Gerät anmelden',
    shown: 'Ein anderes Gerät anmelden',
    how: (username) =>
      `Scanne das mit der Kamera des anderen Geräts. Es fragt, ob es sich als ${username} anmelden soll; ein Druck dort genügt.`,
    once: 'Der Code gilt einmal, für den, der sich zuerst damit anmeldet. Zeig ihn sonst niemandem.',
    after: 'Ist das andere Gerät angemeldet, steht es bei',
    sessions: 'deinen Sitzungen',
    picture: 'QR-Code des Links',
    left: (time) => `Gilt einmal, noch ${time}`,
    over: 'Dieser Code ist abgelaufen.',
    anew: 'Neuen Code machen',
    copy: 'Link kopieren',
    close: 'Fertig',
  },
  copied: 'Kopiert',
  notCopied: 'Der Browser lässt diese Seite nicht kopieren. Markiere den Text und kopiere ihn.',
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
    lookAt: 'Sieh danach deine',
    ways: 'Anmeldewege durch',
    nothing:
      'In den letzten 90 Tagen ist nichts geschehen. Anmeldungen, Änderungen und gescheiterte Versuche erscheinen hier.',
    earlier: 'Früheres zeigen',
    beginning: 'Keine älteren Einträge.',
  },
};
