import { type LinkVoidReason, maxUsernameLength, minUsernameLength } from '@coatcheck/api-types';
import type { EnterWords } from '../en/enter.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';

const { when } = timesIn('de');

const voidLinks: Record<LinkVoidReason, { title: string; body: string }> = {
  unknown: {
    title: 'Diesen Link kennt der Server nicht',
    body: 'Vielleicht ging beim Kopieren ein Stück verloren. Öffne ihn noch einmal ganz, oder bitte um einen neuen.',
  },
  used: {
    title: 'Dieser Link ist schon benutzt',
    body: 'Jeder Link gilt nur einmal. Wenn du das warst, melde dich an. Wenn nicht, bitte um einen neuen Link, und sag es dazu.',
  },
  expired: {
    title: 'Dieser Link ist abgelaufen',
    body: 'Seine Zeit ist um, niemand kann ihn mehr benutzen. Bitte um einen neuen.',
  },
  superseded: {
    title: 'Dieser Link ist ersetzt',
    body: 'Ein neuerer Link hat ihn abgelöst, oder er wurde zurückgezogen. Öffne den neuesten, oder bitte um einen.',
  },
};

/** German: the words of the registration, of the recovery, of one-time links and of the login with a passkey. */
export const words: EnterWords = {
  register: {
    doing: 'Konto wird angelegt …',
    at: (house) => `Bei ${isolated(house)} registrieren`,
    usernameHint: `${minUsernameLength} bis ${maxUsernameLength} Zeichen: a–z, 0–9, Punkt, Bindestrich, Unterstrich`,
    instead: 'Schon registriert?',
    byOperator: 'Konten vergibt hier, wer diese Seite betreibt. Frag nach deinem.',
    logInAs: (name) => `Als ${name} anmelden`,
    byInvitation: 'Registrieren nur mit Einladung',
    invitation:
      'Eine Einladung ist ein Link, den dir gibt, wer diese Seite betreibt. Bitte um eine, und öffne sie in diesem Browser.',
  },
  passkey: {
    action: 'Mit Passkey anmelden',
    doing: 'Warten auf deinen Passkey …',
    refused: 'Dieser Passkey gilt hier nicht. Nimm einen anderen, oder melde dich anders an',
    notShown: 'Der Browser hat keinen Passkey gezeigt. Versuch es noch einmal, oder melde dich anders an',
    elsewhere: 'Mit Passkey anmelden, auf localhost',
    required: 'Dein Passwort stimmt. Zeig noch deinen Passkey, dann bist du angemeldet.',
    none: 'Dein Passwort stimmt, aber dieser Browser kann keine Passkeys. Nimm einen anderen Browser, oder einen Wiederherstellungscode.',
    code: 'Wiederherstellungscode benutzen',
    another: 'Mit einem anderen Konto anmelden',
  },
  offer: {
    title: 'Nächstes Mal ohne Passwort?',
    body: 'Mit einem Passkey meldest du dich mit Fingerabdruck, Gesicht oder Bildschirmsperre an.',
    action: 'Passkey hinzufügen',
    no: 'Jetzt nicht',
  },
  recover: {
    title: 'Neues Passwort setzen',
    body: 'Ein Wiederherstellungscode ersetzt einmal ein vergessenes Passwort. Du wählst ein neues, und alle anderen Sitzungen enden.',
    code: 'Wiederherstellungscode',
    codeHint: 'Irgendeiner von deinen Codes. Striche und Großschreibung sind egal.',
    fields: {
      code: {
        required: () => 'Gib einen Wiederherstellungscode ein',
        'too-long': () => 'Ein Wiederherstellungscode hat 16 Zeichen. Gib einen davon ein',
        'bad-characters': () =>
          'Ein Wiederherstellungscode hat Buchstaben, Ziffern und Striche. Gib einen davon ein',
      },
    },
    wrong: 'Benutzername oder Wiederherstellungscode stimmt nicht. Prüfe beide, oder nimm einen anderen Code',
    none: 'Kein Wiederherstellungscode?',
    ask: 'Bitte um einen Link, mit dem du ein neues Passwort wählst:',
    askOperator: 'Wer diese Seite betreibt, kann dir einen Link geben, mit dem du ein neues Passwort wählst.',
  },
  passwordSet: {
    title: (name) => `Angemeldet als ${name}`,
    body: 'Dein neues Passwort gilt. Alle anderen Sitzungen sind beendet.',
    addPasskey: 'Richte einen Passkey ein, dann vergisst du kein Passwort mehr',
    ways: 'Deine Anmeldewege ansehen',
    codesLeft: (count) =>
      count === 0
        ? 'Du hast keine Wiederherstellungscodes.'
        : `Du hast noch ${count} ${count === 1 ? 'Wiederherstellungscode' : 'Wiederherstellungscodes'}.`,
    makeCodes: 'Mach dir neue Codes, bevor du einen brauchst.',
    asksForPasskey:
      'Die nächste Anmeldung verlangt wieder deinen Passkey. Wenn du ihn verloren hast, bitte jetzt den Betreiber dieser Seite, dein Passwort genügen zu lassen.',
  },
  newPassword: 'Neues Passwort',
  setPassword: 'Passwort setzen und anmelden',
  setting: 'Passwort wird gesetzt …',
  link: {
    opening: 'Der Link wird geprüft …',
    notLookedAt: 'Der Link ließ sich nicht prüfen',
    lost: {
      title: 'Öffne den Link noch einmal',
      body: 'Diese Seite bewahrt keinen Link auf; wer sie neu lädt, verliert ihn. Solange er nicht benutzt ist, gilt der Link noch: Öffne oder scanne ihn noch einmal.',
    },
    voids: voidLinks,
    usedBy: (name) =>
      `Jeder Link gilt nur einmal. Du bist als ${isolated(name)} angemeldet. Wenn nicht du ihn benutzt hast, bitte um einen neuen, und sag es dazu.`,
    logIn: 'Anmelden',
    help: 'Hier kannst du fragen:',
    askSender: 'Frag, wer ihn dir geschickt hat.',
    until: (end) => `Dieser Link gilt einmal, bis ${when(end)}.`,
    ends: (name) => `${isolated(name)} ist in diesem Browser angemeldet. Diese Sitzung endet.`,
    stay: (name) => `${isolated(name)} angemeldet lassen`,
    reset: (name) => `Neues Passwort für ${isolated(name)}`,
    resetBody: 'Du wählst ein neues Passwort und bist dann angemeldet. Alle anderen Sitzungen enden.',
    invitation: (house) => (house ? `Du bist eingeladen: ${isolated(house)}` : 'Du bist eingeladen'),
    invitationBody: 'Wähle einen Benutzernamen und ein Passwort. Danach bist du angemeldet.',
    device: (name) => `Als ${isolated(name)} anmelden?`,
    deviceBody: (name) =>
      `Damit meldest du dieses Gerät als ${isolated(name)} an. Mach nur weiter, wenn das dein Konto ist.`,
    deviceAction: (name) => `Als ${isolated(name)} anmelden`,
    deviceDoing: 'Anmeldung läuft …',
    alreadyBody: 'Der Link ist für ein anderes Gerät. Dort gilt er noch.',
  },
};
