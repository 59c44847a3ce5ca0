import type { EndReason, Problem } from '@coatcheck/api-types';
import type { ConversationWords } from '../en/conversation.ts';

const reasons: Record<EndReason, string> = {
  unknown: 'Der Server kennt sie nicht.',
  'expired-idle': 'Ihre Sitzung endete nach einiger Zeit ohne Nutzung.',
  'expired-absolute': 'Ihre Sitzung hatte ihre Höchstdauer erreicht.',
  'logged-out': 'Ihre Sitzung wurde abgemeldet.',
  replaced: 'Eine neuere Marke war an ihre Stelle getreten.',
  revoked:
    'Ihre Sitzung wurde von anderswo beendet, zum Beispiel von einem anderen Gerät aus oder durch eine Passwortänderung.',
};

/** What each problem is called. The server's own title is English. */
const titles: Record<Problem['type'], string> = {
  '/problems/invalid-request': 'Etwas an der Anfrage stimmt nicht',
  '/problems/invalid-credentials': 'Benutzername oder Passwort ist falsch',
  '/problems/passkey-required': 'Das Passwort stimmt, und dieses Konto verlangt auch einen Passkey',
  '/problems/link-void': 'Der Link gilt nicht',
  '/problems/proof-required': 'Es braucht einen frischen Beweis, wer da tippt',
  '/problems/last-way-in': 'Kein Weg hinein, der genügt, bliebe übrig',
  '/problems/not-logged-in': 'Nicht angemeldet',
  '/problems/wrong-password': 'Das Passwort ist falsch',
  '/problems/registration-closed': 'Registrieren ist hier nicht möglich',
  '/problems/origin-not-allowed': 'Von dieser Seite nicht erlaubt',
  '/problems/not-found': 'Nicht gefunden',
  '/problems/method-not-allowed': 'Diese Methode gibt es hier nicht',
  '/problems/username-taken': 'Der Benutzername ist vergeben',
  '/problems/too-large': 'Der Inhalt ist zu lang',
  '/problems/unsupported-media-type': 'Der Inhalt ist kein JSON',
  '/problems/too-many-requests': 'Zu viele Versuche',
  '/problems/internal-error': 'Ein Fehler des Servers',
  '/problems/app-unreachable': 'Die App antwortet nicht',
  '/problems/unavailable': 'Im Moment nicht möglich',
};

const spell = (minutes: number) =>
  minutes < 120 ? `${Math.round(minutes)} Minuten` : `${Math.round(minutes / 60)} Stunden`;

/** German. */
export const words: ConversationWords = {
  title: 'Das Gespräch',
  lead: 'Sag, was du magst, und frag danach. Der Server vergisst dich nach jeder Antwort; nur an der Marke erkennt er dich wieder.',

  toy: {
    ask: '„Was mag ich?“ fragen',
    asking: 'Wird gefragt …',
    ticket: 'Mit Marke fragen',
    like: 'Ich mag',
    tell: 'Erzählen',
    telling: 'Wird gesendet …',
    nothing: 'Sag, was du magst, zum Beispiel Katzen',
    tooLong: (limit) => `Sag es in höchstens ${limit} Zeichen`,
    forget: 'Vergiss mich',
    forgetting: 'Wird vergessen …',
    again: 'Von vorn',
    againLoggedOut: 'Abmelden und von vorn',
    startingAgain: 'Beginnt von vorn …',
    withTicket: 'Mit deiner Marke gefragt',
    withDead: 'Mit einer Marke gefragt, die nichts mehr gilt',
    withNone: 'Gefragt, ohne eine Marke zu haben',
    without: 'Gefragt, ohne eine Marke zu zeigen',
    toldWithTicket: 'Mit deiner Marke erzählt',
    toldAndGot: (number) => `Erzählt, und Marke ${number} bekommen`,
    with: 'mit',
    noTicket: 'ohne Marke',
    over: 'Diese Sitzung ist vorbei.',
    notAsked: 'Noch nicht gefragt.',
    switchOff: 'Schalte „Mit Marke fragen“ aus und frag.',
    hidden: 'Schalte sie ein für dieselbe Frage mit deiner Marke.',
    said: (number, how, answer) => `Antwort ${number}. ${how}: ${answer}`,
  },
  answer: {
    stranger: 'Ich kenne dich nicht.',
    guest: 'Du warst schon hier, hast mir aber nie erzählt, was du magst.',
    user: (name) => `Du bist ${name}. Was du magst, hast du mir nie erzählt.`,
    likes: (likes) => `Du magst ${likes}.`,
    willRemember: (likes) => `Ich merke mir: Du magst ${likes}.`,
    userLikes: (name, likes) => `Du bist ${name}, und du magst ${likes}.`,
  },

  wire: {
    title: 'Auf der Leitung',
    empty: 'Noch wurde nichts gesagt. Frag, dann stehen die Anfrage und ihre Antwort hier.',
    earlier: (count) => (count === 1 ? 'Eine frühere zeigen' : `${count} frühere zeigen`),
    number: (number) => `Austausch ${number}: `,
    withTicket: (number) => `mit Marke ${number}`,
    withOver: (number) => `mit Marke ${number}, die jetzt nichts mehr gilt`,
    gives: (number) => `, gibt Marke ${number}`,
    withDead: 'mit einer Marke, die nichts mehr gilt',
    withSome: 'mit einer Marke',
    withUnknown: 'vielleicht mit einer Marke',
    withoutTicket: 'ohne Marke',
    waiting: 'wartet',
    noAnswer: 'keine Antwort',
    request: 'Dein Browser sagt',
    server: 'Der Server',
    answer: 'Der Server antwortet',
    foreign: 'Etwas antwortet',
    hidden: 'Vor dieser Seite verborgen',
    needsNone:
      'Hier geht es um keine Sitzung, also hat diese Seite mit credentials: "omit" gefragt, und der Browser hat keine Marke geschickt.',
    asStranger:
      'Der Schalter war aus, darum hat diese Seite mit credentials: "omit" gefragt, und der Browser hat keine Marke mitgeschickt.',
    forgotten: 'Diese Sitzung ist vorbei, also hat diese Seite vergessen, was hier über dich gesagt wurde.',
    curl: 'Dasselbe für ein Terminal',
    ticketFirst: 'Die Marke kommt vorher in $TICKET. „Selbst nachsehen“ sagt, wie.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    notCopied: 'Der Browser ließ diese Seite nicht kopieren. Markiere die Zeile stattdessen.',
  },
  headers: {
    cookie: 'Die Marke. Dein Browser fügt sie von selbst hinzu; kein Skript dieser Seite kann sie lesen.',
    origin:
      'Der Ursprung (Origin) der Seite, die anfragt. Änderungen, die Seiten anderer Ursprünge verlangen, lehnt der Server ab.',
    requestJson: 'Der Inhalt ist JSON.',
    secret:
      'Passwörter, Codes, Link-Token und Antworten von Passkeys sind hier ausgelassen. Übertragen wurden sie.',
    setCookie: 'Eine neue Marke: Behalte sie und zeige sie von jetzt an.',
    clearCookie:
      'Eine leere Marke, die 1970 abgelaufen ist. So bittet ein Server den Browser, seine wegzuwerfen.',
    ignored:
      'Der Browser beachtet es hier nicht: Mit credentials: "omit" geht kein Cookie hinaus und keines kommt herein.',
    cacheControl: 'Kein Zwischenspeicher darf diese Antwort aufbewahren.',
    answerJson: 'Die Antwort ist JSON.',
    answerProblem: 'Die Antwort ist JSON und sagt, was nicht ging (RFC 9457).',
    location: 'Unter dieser Adresse lässt sich abrufen, was angelegt wurde.',
    retryAfter: 'So viele Sekunden sollen bis zum nächsten Versuch vergehen.',
  },
  attributes: {
    Path: 'Path=/: für jede Adresse dieses Servers.',
    Expires: (moment) =>
      `Expires und Max-Age: gespeichert bis ${moment}, auch wenn der Browser geschlossen wird.`,
    untilClosed: 'Kein Expires: gespeichert, bis der Browser geschlossen wird.',
    HttpOnly: 'HttpOnly: kein Skript darf sie lesen.',
    Secure: 'Secure: nur über https senden.',
    SameSite:
      'SameSite=Lax: nicht senden, wenn eine andere Website die Anfrage auslöst, außer beim Folgen eines Links.',
  },
  half: {
    lookedUp: 'Suche',
    decided: 'Ergebnis',
    set: 'Cookie',
    waiting: 'Noch keine Antwort.',
    noAnswer: 'Keine Antwort. Vielleicht kam die Anfrage nie an.',
    foreign:
      'Das ist nicht die Antwort des Servers. Etwas dazwischen hat an seiner Stelle geantwortet, zum Beispiel ein Proxy.',
    notEven: 'Keine. Zuallererst wird der Ursprung einer Anfrage geprüft.',
    unknown: 'Nicht bekannt: Die Antwort sagt nicht, ob eine Marke mitkam.',
    couldNot: 'Im Moment nicht möglich.',
    noTicket: 'Keine: Es kam keine Marke mit.',
    found: (number, username) =>
      `Über den Hash der Marke gefunden: Sitzung ${number} (${username ?? 'die eines Gastes'}).`,
    foundBefore: (number, username) =>
      `Über den Hash der Marke. Als der Server zuletzt davon sprach, war das Sitzung ${number} (${username ?? 'die eines Gastes'}).`,
    foundNone: 'Zum Hash der Marke gibt es keine gültige Sitzung.',
    dead: (reason) => `Zum Hash der Marke gibt es keine gültige Sitzung. ${reasons[reason]}`,
    looked: 'Über den Hash der Marke.',
    refused: ({ type, title }) => `Abgelehnt: ${titles[type] ?? title}.`,
    tells: 'Zurückgegeben, was er sich gemerkt hat.',
    tellsNothing: 'Zurückgegeben, dass er sich noch nichts gemerkt hat.',
    stranger: 'Einer fremden Person geantwortet.',
    began: 'Eine Sitzung begonnen und das darin gespeichert.',
    merged: 'Auch das in der Sitzung gespeichert.',
    registered: 'Das Konto angelegt und dich angemeldet.',
    loggedIn: 'Das Passwort stimmt. Dich angemeldet.',
    carried: 'Was die Sitzung des Gastes sich gemerkt hatte, wurde übernommen.',
    passkeyFits: 'Die Unterschrift passt zum öffentlichen Schlüssel des Passkeys. Dich angemeldet.',
    recovered:
      'Der Code stimmt und ist verbraucht. Das neue Passwort gespeichert, alle anderen Sitzungen beendet und dich angemeldet.',
    linkOpened: 'Den Link über den Hash seines Tokens gefunden. Er gilt und ist noch nicht benutzt.',
    linkUsed: 'Der Link gilt und ist jetzt verbraucht. Dich angemeldet.',
    challenge:
      'Eine Aufgabe gestellt, zufällig und einmal gültig, und ihren Hash für fünf Minuten gespeichert.',
    proven: 'In deiner Sitzung für fünf Minuten vermerkt, dass du es warst.',
    waysChanged: 'Gespeichert, ob das Passwort allein genügt.',
    passkeyAdded:
      'Den öffentlichen Schlüssel des Passkeys gespeichert. Der private hat dein Gerät nie verlassen.',
    passkeyRemoved: 'Den öffentlichen Schlüssel des Passkeys gelöscht.',
    codesMade:
      'Zehn Codes gemacht und gespeichert, womit sie geprüft werden. Die Codes selbst gibt es nur jetzt.',
    linkMade: 'Einen Link gemacht und den Hash seines Tokens gespeichert.',
    newPassword: 'Das neue Passwort gespeichert und alle anderen Sitzungen beendet.',
    ended: 'Die Sitzung dieser Marke beendet. Keine Kopie der Marke gilt mehr.',
    nothingToEnd: 'Nichts zu beenden: Es gab keine Sitzung.',
    answered: 'Geantwortet.',
    given: 'Eine neue Marke. Die vorige, wenn es eine gab, ist sofort ungültig.',
    cleared: 'Ein leeres Cookie anstelle der Marke.',
    untouched: 'Unverändert.',
    setNothing: 'Keines.',
    untouchedNone: 'Keines: Ein Besuch allein setzt kein Cookie.',
  },

  browser: {
    title: 'Dein Browser hat',
    nothing: 'Nichts. Er hat keine Marke dieses Servers vorzuzeigen.',
    dead: (reason) => `Eine Marke, die nichts mehr gilt. ${reasons[reason]}`,
    explained:
      'Die Marke selbst sind 43 zufällige Zeichen. Kein Skript kann sie lesen, auch dieses hier nicht.',
    where: 'Selbst nachsehen',
    devtools: (name) =>
      `Öffne die Entwicklerwerkzeuge (F12). Unter „Application“ in Chrome und Edge, „Web-Speicher“ in Firefox, „Speicher“ in Safari wähle Cookies und diese Adresse. Der Wert von ${name} ist die Marke.`,
    terminal:
      'Führe diese Zeile in einem Terminal aus, füge die Marke ein und drück Enter; dann geht dort jede Zeile, in der $TICKET steht. Wer sie hat, gilt dem Server als du: Zeig sie niemandem.',
  },
  server: {
    title: 'Der Server speichert',
    nothing: 'Nichts über dich. Ein Besuch allein legt keine Zeile an.',
    dead: 'Von jener Sitzung nur den Hash, wann sie endete und warum; nach sieben Tagen nicht einmal das.',
    ticket: 'Marke',
    hash: 'gespeichert als SHA-256',
    whose: 'Gehört',
    guest: 'einem Gast',
    remembered: 'Merkt sich',
    since: 'Seit',
    seen: 'Zuletzt gesehen',
    unused: 'Endet ungenutzt',
    atLatest: 'Endet spätestens',
    from: 'Gerät und IP',
  },

  path: {
    title: 'Schritt für Schritt',
    lead: 'Sieben Schritte von einer fremden zu einer angemeldeten Person und zurück, alle oben auf dieser Seite zu tun. Daneben steht jeweils, wie ein kleines Flask-Programm dasselbe tut. Seine Zeilen stammen aus der Flask-Einführung:',
    quickStart: 'Sessions in Flask (auf Englisch)',
    flask: 'Dasselbe in Flask',
    step: (number) => `Schritt ${number}`,
    stepOf: (number, count) => `Schritt ${number} von ${count}`,
    done: 'Erledigt',
    take: 'Diesen Schritt tun',
    back: 'Zurück',
    next: 'Weiter',
    all: 'Du hast das ganze Gespräch gesehen.',
    steps: {
      visit: {
        title: 'Ein Besuch ohne Cookie',
        body: 'Beim Öffnen hat diese Seite gefragt, jetzt fragst du. Hat dein Browser schon eine Marke, schalte vorher „Mit Marke fragen“ aus. Die Anfrage trägt keine Marke, also hat der Server nichts nachzuschlagen und kann dich von niemandem unterscheiden. Das heißt zustandslos: Jede Anfrage steht für sich. Ein bloßer Besuch setzt kein Cookie, und nichts wird aufgeschrieben.',
        flask: 'Auch Flasks „session“ ist leer, wenn kein Cookie kam.',
      },
      remember: {
        title: 'Ein Cookie, und mit ihm ein Zusammenhang',
        body: 'Erzähl dem Server, was du magst. Jetzt gibt es etwas zu speichern, also schreibt er eine Zeile, und seine Antwort sagt Set-Cookie: Hier ist deine Marke, zeige sie von jetzt an. Lade diese Seite neu, oder schließ den Tab und komm wieder: Solange der Browser die Marke zeigt, bedeutet „was ich mag“ etwas.',
        flask:
          'Flask legt den Zusammenhang selbst in das Cookie, mit secret_key signiert: Wer das Cookie hat, kann ihn lesen, aber nicht ändern. Hier ist das Cookie nur eine zufällige Zahl, und der Zusammenhang bleibt auf dem Server.',
      },
      register: {
        title: 'Registrieren',
        body: 'Leg ein Konto an. Das Passwort wird als Argon2id-Hash gespeichert, und du bist gleich angemeldet, mit einer neuen Marke. Was du als Gast erzählt hast, kommt mit.',
        flask: 'Diesen Schritt überlässt die Flask-Einführung den Lesenden.',
        link: 'Registrieren',
        closed:
          'Hier vergibt die Konten, wer diese Seite betreibt. Mit einem Konto geht es beim nächsten Schritt weiter.',
      },
      logIn: {
        title: 'Anmelden und sehen, wie die Marke wechselt',
        body: 'Bist du angemeldet, drück zuerst „Abmelden“. Dann erzähl als Gast, was du magst, und melde dich an. Die Nummer wechselt, und der Zusammenhang bleibt. Bliebe die Nummer gleich, wäre jemand, der deinem Browser vorher eine Marke untergeschoben hat, jetzt als du angemeldet. Das heißt Session Fixation.',
        flask:
          'Die Anmeldung der Flask-Einführung glaubt jeden Namen, der getippt wird. Hier entscheidet das Passwort, und nach zehn falschen hintereinander muss man warten.',
        link: 'Anmelden',
      },
      row: {
        title: 'Die Zeile ansehen',
        body: 'Frag noch einmal und sieh dir an, was der Server speichert: wessen Sitzung es ist, seit wann, von wo, was er sich gemerkt hat. Die Marke steht nicht darin, nur ihr Hash, damit niemand, der die Datenbank liest, eine Marke vorzeigen kann.',
        flask: 'Flask speichert keine Zeile. Was im Cookie steht, gilt, solange die Signatur stimmt.',
      },
      end: {
        title: 'Wann sie von selbst enden würde',
        body: 'Eine Sitzung endet, wenn sie eine Weile nicht benutzt wurde, und spätestens einige Zeit nach ihrem Beginn, benutzt oder nicht. Beide Grenzen hält der Server ein: Ein Expires im Cookie ist nur ein Zettel für den Browser.',
        times: (unused, last) => `Ohne weitere Nutzung endet deine ${unused}, spätestens ${last}.`,
        flask:
          'Flask schreibt die Zeit signiert in das Cookie und nimmt es 31 Tage lang an, wenn nichts anderes gesetzt ist. Vorzeitig beenden kann Flask keine Sitzung.',
      },
      logOut: {
        title: 'Abmelden und sehen, wie sie stirbt',
        body: 'Kopiere die Marke aus den Entwicklerwerkzeugen. Führe die erste Zeile in einem Terminal aus und füge sie dort ein; die zweite sagt dann, wer du bist. Drück jetzt „Abmelden“ und führe die zweite noch einmal aus: Dieselbe Marke bekommt eine 401 mit dem Grund „logged-out“. Das Cookie des Browsers ist weg, und die Kopie ist nichts wert.',
        flask:
          'Flask kann den Browser nur bitten, das Cookie wegzuwerfen. Eine Kopie von vorher gilt weiter, 31 Tage, wenn nichts anderes gesetzt ist.',
      },
    },
  },

  why: {
    title: 'Warum bin ich nicht angemeldet?',
    doing: 'Wird geprüft …',
    again: 'Noch einmal prüfen',
    logInAgain: 'Wieder anmelden',
    conversation: 'Zurück zum Gespräch',
    open: (url) => `${url} öffnen`,
    checked: 'Was geprüft wurde',
    order:
      'Damit du angemeldet bleibst, muss jeder dieser Punkte in Ordnung sein. Sie werden der Reihe nach geprüft, bis zum ersten, der es nicht ist.',
    terminal: 'Dasselbe aus einem Terminal, in dem Ordner, in dem der Server gestartet wird:',
    besides: 'Außerdem',
    holds: 'in Ordnung',
    breaks: 'nicht in Ordnung',
    unchecked: 'nicht geprüft',
    isThatYou: (address) => `${address}: Bist du das?`,
    chain: {
      answer: 'Der Server antwortet',
      origin: 'Er nimmt Änderungen von Seiten dieser Adresse an',
      connection: 'Das Cookie passt zur Verbindung',
      cookies: 'Der Browser speichert Cookies',
      site: 'Der Server gehört zur selben Website wie diese Seite',
      clock: 'Browser und Server haben dieselbe Zeit',
      sent: 'Die Marke wird mitgeschickt',
      known: 'Alle Prozesse des Servers kennen die Sitzung',
      alive: 'Die Sitzung gilt, und jemand ist angemeldet',
      address: 'Der Server sieht deine eigene IP-Adresse',
    },
    causes: {
      fine: ({ name }) => ({
        what: name ? `Du bist als ${name} angemeldet.` : 'Du bist angemeldet.',
        change: 'Alles, was geprüft wurde, ist in Ordnung.',
      }),
      'no-answer': ({ server }) => ({
        what: `Von ${server} kam keine Antwort.`,
        change: 'Prüfe deine Verbindung und die Adresse. Stimmt beides, läuft vielleicht der Server nicht.',
      }),
      'not-coatcheck': ({ server }) => ({
        what: `Unter ${server} antwortet etwas, aber es ist nicht Coatcheck: die Seite eines Proxys oder ein anderer Server.`,
        change:
          'Prüfe die Adresse. Wer den Server betreibt, findet mehr im Protokoll dessen, was dazwischen steht.',
      }),
      unavailable: () => ({
        what: 'Der Server antwortet, kann aber gerade nichts nachschlagen.',
        change:
          'Prüfe es gleich noch einmal. Wer ihn betreibt, findet den Grund im Protokoll; meist antwortet die Datenbank nicht.',
      }),
      origin: ({ here, home }) => ({
        what: `Der Server nimmt von Seiten unter ${here} keine Änderungen an, also kann hier keine Anmeldung gelingen.`,
        change: home
          ? `Öffne stattdessen ${home}. Oder, wenn ${here} richtig ist, nenne es in PUBLIC_URL oder daneben in ALLOWED_ORIGINS.`
          : `Nimm ${here} in ALLOWED_ORIGINS auf. Steht es dort, antwortet etwas dazwischen an seiner Stelle.`,
      }),
      loopback: ({ here, home }) => ({
        what: `Diese Seite ist unter ${here} offen. Für einen Browser sind localhost und 127.0.0.1 verschiedene Rechner, jeder mit eigenen Cookies.`,
        change: `Wenn du dich unter ${home} angemeldet hast, mach dort weiter, und nimm überall denselben Namen.`,
      }),
      'third-party': ({ here, server }) => ({
        what: `${server} gehört zu einer anderen Website als ${here}. Ein SameSite=Lax-Cookie wird bei so einem Aufruf nie mitgeschickt.`,
        change:
          'Seite und Server gehören unter eine Domain, etwa app.example.com und id.example.com, beide über https.',
      }),
      omitted: () => ({
        what: 'Du bist angemeldet. Deine letzte Anfrage wurde mit credentials: "omit" gestellt und trug darum keine Marke.',
        change:
          'Hier: Schalte „Mit Marke fragen“ ein. In deiner eigenen Seite: Gib fetch credentials: "include", wie es der Client von @coatcheck/api-types tut.',
      }),
      'secure-over-http': ({ here, home }) => ({
        what: `Das Cookie ist Secure, und diese Seite kam über http (${here}). Der Browser speichert und sendet es hier nicht.`,
        change: `Öffne stattdessen ${home ?? 'die https-Adresse'}. Wenn es hier kein https gibt, darf PUBLIC_URL das nicht sagen.`,
      }),
      'public-url-http': ({ server }) => ({
        what: 'Der Server wird über https erreicht, hält aber eine http-Adresse für seine eigene.',
        change: `Setze PUBLIC_URL=${server} und starte den Server neu.`,
      }),
      'cookies-blocked': () => ({
        what: 'Dieser Browser speichert keine Cookies dieser Adresse.',
        change:
          'Erlaube Cookies dafür in den Einstellungen des Browsers, oder schalte ab, was sie sperrt, und melde dich noch einmal an.',
      }),
      databases: () => ({
        what: 'Mehrmals mit derselben Marke gefragt, kannte der Server sie manchmal und manchmal nicht. Mehrere Prozesse antworten, und nicht alle nutzen dieselbe Datenbank.',
        change: 'Gib allen dieselbe DATABASE_URL. Prozesse auf mehreren Rechnern brauchen PostgreSQL.',
      }),
      unknown: () => ({
        what: 'Die Marke kam mit, aber der Server kennt keine Sitzung dazu: Sie endete vor mehr als einer Woche, oder dies ist eine andere Datenbank.',
        change:
          'Melde dich wieder an. Geht es allen so, hat sich die DATABASE_URL des Servers geändert, oder seine Daten wurden aus einem Backup wiederhergestellt.',
      }),
      'expired-idle': () => ({
        what: 'Deine Sitzung endete nach einiger Zeit ohne Nutzung.',
        change:
          'Melde dich wieder an. Mit „Angemeldet bleiben“ darf eine Sitzung länger ungenutzt sein. Wer den Server betreibt, legt beide Grenzen fest.',
      }),
      'expired-absolute': () => ({
        what: 'Deine Sitzung hatte ihre Höchstdauer erreicht.',
        change:
          'Melde dich wieder an. Mit „Angemeldet bleiben“ dauert eine Sitzung länger. Wer den Server betreibt, legt beide Grenzen fest.',
      }),
      'logged-out': () => ({
        what: 'Die Sitzung dieser Marke wurde abgemeldet.',
        change: 'Melde dich wieder an.',
      }),
      replaced: () => ({
        what: 'Eine neuere Marke trat an die Stelle dieser, aber der Browser schickt noch die alte.',
        change: 'Melde dich wieder an.',
      }),
      revoked: () => ({
        what: 'Deine Sitzung wurde von anderswo beendet, zum Beispiel von einem anderen Gerät aus oder durch eine Passwortänderung.',
        change: 'Melde dich wieder an. Warst du das nicht, ändere dein Passwort.',
      }),
      guest: () => ({
        what: 'Der Server erkennt dich wieder, als Gast: Mit dieser Marke hat sich niemand angemeldet.',
        change: 'Melde dich an.',
      }),
      never: () => ({
        what: 'Dein Browser hat keine Marke dieses Servers.',
        change:
          'Hier hat sich niemand angemeldet, oder jemand hat sich abgemeldet, oder der Browser wurde seitdem geschlossen, oder dies ist ein privates Fenster. Melde dich an; mit „Angemeldet bleiben“ bleibst du es auch nach dem Schließen des Browsers.',
      }),
      clock: ({ ahead }) => ({
        what: `Die Uhr des Servers geht gegenüber der dieses Browsers ${ahead}. Cookies enden dann vielleicht zu früh oder zu spät.`,
        change: 'Lass beide Uhren automatisch stellen (NTP).',
      }),
      proxy: ({ address }) => ({
        what: `Der Server sieht dich unter ${address}, und das ist der Proxy vor ihm. Für ihn haben alle dieselbe Adresse; was eine Person falsch macht, lässt alle warten.`,
        change: 'Nimm die Adresse des Proxys in TRUSTED_PROXIES auf und lass ihn X-Forwarded-For senden.',
      }),
    },
    ahead: (minutes) => (minutes > 0 ? `${spell(minutes)} vor` : `${spell(-minutes)} nach`),
  },
};
