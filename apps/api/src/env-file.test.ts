import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadEnvFile, parseEnvFile } from './env-file.ts';
import { type Installation, packageIn, repository } from './installation.ts';
import { ConfigError } from './settings.ts';

describe('.env', () => {
  it.each([
    'A=1\nB=2',
    'A=1\r\nB=2\r\n',
    '\n# a comment\n  # another\nA = 1 # why\n\n',
    'export A=1\nexport  B="2"',
    'A="#1" # why\nB=2',
    "A='' # it's why\nB=`it's \"2\"`",
    'A="x"#y\nB=\nC==\nD=it\'s 5" long',
    'postgres_url=postgres://ada:p#w@db/x',
    ' \t',
    '',
  ])('says what util.parseEnv reads: %j', (text) => {
    expect(parseEnvFile(Buffer.from(text), '.env')).toEqual(parseEnv(text));
  });

  it('keeps its first setting behind a byte order mark', () => {
    const text = '\ufeffPUBLIC_URL=https://id.example.com\r\nPORT=1\r\n';
    expect(parseEnvFile(Buffer.from(text), '.env')).toEqual({
      PUBLIC_URL: 'https://id.example.com',
      PORT: '1',
    });
  });

  it('keeps all its settings with the line ends of old Macs', () => {
    expect(parseEnvFile(Buffer.from('A=1\rB=2\r'), '.env')).toEqual({ A: '1', B: '2' });
  });

  it.each([
    ['UTF-16 as PowerShell writes it', Buffer.from('\ufeffPORT=1\r\n', 'utf16le')],
    ['Latin-1', Buffer.from('# für alle\nPORT=1\n', 'latin1')],
  ])('in %s is refused', (_what, content) => {
    expect(() => parseEnvFile(content, '.env')).toThrow(
      new ConfigError('.env is not in UTF-8. Save it in that encoding.'),
    );
  });

  it.each([
    [1, 'PUBLIC_URL https://hunter2.example'],
    [1, 'PUBLIC_URL: https://hunter2.example'],
    [2, 'PORT=1\nset PUBLIC_URL=https://hunter2.example'],
    [3, '# one\nPORT="1"\nPUBLIC URL=https://hunter2.example'],
    [1, 'DATABASE_URL="sqlite:hunter2.db\nPUBLIC_URL="https://id.example.com"\n'],
    [1, 'DATABASE_URL="sqlite:hunter2.db\nPUBLIC_URL=https://id.example.com # 5"'],
    [1, "A='hunter2\nB=`1`"],
    [2, '# one\nA= `hunter2\n\n`'],
    [1, 'A="hunter2" B=2'],
    [1, 'export A="hunter2"b'],
    [1, 'A="hunter2\0"'],
    [3, 'PORT=1\r\n\r\n=hunter2\r\n'],
    [2, 'PORT=1\rhunter2'],
    [2, 'PORT=1\n\u00a0PUBLIC_URL=hunter2'],
    [2, 'PORT=1\n\ufeffPUBLIC_URL=hunter2'],
    [1, Buffer.from('PORT=hunter2', 'utf16le').toString('latin1')],
    [1, 'PORT=hunter2\0'],
  ])('is refused for its line %i in %j, whose content is not repeated', (line, text) => {
    const read = () => parseEnvFile(Buffer.from(text), '.env');
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^\\.env line ${line} is (?!.*hunter2).*\\.$`));
  });

  describe('where it lies', () => {
    /** A repository in a folder of its own, with such a file. */
    function repositoryWith(content?: string): Installation {
      const folder = mkdtempSync(join(tmpdir(), 'coatcheck-env-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      if (content !== undefined) writeFileSync(join(folder, '.env'), content);
      return { ...repository, folder };
    }

    it('adds to the environment, whose own settings stay, empty ones too', () => {
      const env = { PORT: '1', HOST: '' };
      loadEnvFile(env, repositoryWith('PORT=2\nHOST=example\nLOG_LEVEL=debug'));
      expect(env).toEqual({ PORT: '1', HOST: '', LOG_LEVEL: 'debug' });
    });

    it('may be missing', () => {
      const env = {};
      loadEnvFile(env, repositoryWith());
      expect(env).toEqual({});
    });

    it('is an app’s own for the package, which has coatcheck.env in the same folder', () => {
      const { folder } = repositoryWith('PORT=1\nneither a setting nor a comment');
      writeFileSync(join(folder, 'coatcheck.env'), 'PORT=2');
      const env = { NODE_ENV: 'test' };
      loadEnvFile(env, packageIn(folder));
      expect(env).toEqual({ NODE_ENV: 'test', PORT: '2' });
      writeFileSync(join(folder, 'coatcheck.env'), 'PORT');
      expect(() => loadEnvFile({}, packageIn(folder))).toThrow(/^coatcheck\.env line 1 is [^\n]+\.$/);
    });

    it('is refused when it cannot be read', () => {
      const unreadable = repositoryWith();
      mkdirSync(join(unreadable.folder, '.env'));
      expect(() => loadEnvFile({}, unreadable)).toThrow(/^\.env cannot be read \(EISDIR\)\. [^\n]+\.$/);
    });
  });
});
