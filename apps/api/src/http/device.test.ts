import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { deviceOf } from './device.ts';

const nothing = { browser: null, system: null };

it.each([
  ['curl/8.5.0', { browser: 'curl', system: null }],
  ['Wget/1.21.4', { browser: 'Wget', system: null }],
  ['HTTPie/3.2.2', { browser: 'HTTPie', system: null }],
  ['python-requests/2.32.3', { browser: 'python-requests', system: null }],
  ['Go-http-client/1.1', { browser: 'Go-http-client', system: null }],
  ['node', { browser: 'node', system: null }],
  ['PostmanRuntime/7.43.0', { browser: 'PostmanRuntime', system: null }],
  ['okhttp/4.12.0', { browser: 'okhttp', system: null }],
  ['Java/17.0.2', { browser: 'Java', system: null }],
  ['libwww-perl/6.77', { browser: 'libwww-perl', system: null }],
  ['Wget/1.21.3 (linux-gnu)', { browser: 'Wget', system: 'Linux' }],
  ['my_script', { browser: 'my_script', system: null }],
  ['HarbourApp/1.0 CFNetwork/1410 Darwin/22.6.0', { browser: 'HarbourApp', system: null }],
  ['okhttp/4.12.0 (Linux; Android 13)', { browser: 'okhttp', system: 'Android' }],
  ['Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.16', { browser: 'Opera', system: 'Windows' }],
  ['Mozilla/5.0', nothing],
  [
    'Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.1',
    { browser: 'PowerShell', system: 'Windows' },
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    { browser: 'Firefox', system: 'Linux' },
  ],
  ['', nothing],
  [undefined, nothing],
  ['Coatcheck support: call +1 555 0100 now/1 x', nothing],
  ['curly support: call us/1 x', nothing],
  ['\u009b2J\u009b31mYou were hacked/1 x', nothing],
  ['\u202egnp.exe/1.0 x', nothing],
  ['__proto__/1.0 x', nothing],
  ['Call-us-at.evil.example/1.0', nothing],
  ['+1-555-0100/1.0', nothing],
  ['curl\u009b2J/8.5.0', nothing],
  [`${'W'.repeat(32)}/1`, { browser: 'W'.repeat(32), system: null }],
  [`${'W'.repeat(33)}/1`, nothing],
  [`${'W'.repeat(480)}/1 x`, nothing],
])('%j is %j', (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device);
});

describe('a stranger’s words', () => {
  it('reach no list, nor do those that an earlier version kept', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const words = 'Coatcheck support: call +1 555 0100';
    await counter
      .visitor({ 'user-agent': `${words}/1 x` })
      .logIn('ada', { password: 'not the right password' });
    await counter.database.query(`UPDATE sessions SET browser = '${words}', system = '\u009b31m'`);
    await counter.database.query(`UPDATE events SET browser = '${words}', system = '\u009b31m'`);
    for (const path of ['/session', '/me/sessions', '/me/activity', '/me/export']) {
      const { body } = await ada.get(path);
      expect(body).toContain('"device":{"browser":null,"system":null}');
      expect(body).not.toContain('support');
    }
  });
});
