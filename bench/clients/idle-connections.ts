// Opens connections, sends one request on each and keeps them open. Ends when its standard input does.
import { once } from 'node:events';
import { connect } from 'node:net';

/** Connections that are being opened at a time. */
const opening = 50;

const [port = '', cookie = '', count = ''] = process.argv.slice(2);
const request = `GET /me HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\n\r\n`;

let left = Number(count);
async function open() {
  while (left > 0) {
    left -= 1;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(request);
    const [answer] = await once(socket, 'data');
    if (!String(answer).startsWith('HTTP/1.1 200')) throw new Error(String(answer));
    socket.on('close', () => {
      throw new Error('The server closed a connection.');
    });
  }
}
await Promise.all(Array.from({ length: opening }, open));
process.stdout.write(`READY http://127.0.0.1:${port}\n`);
process.stdin.on('end', () => process.exit()).resume();
process.on('SIGTERM', () => process.exit());
