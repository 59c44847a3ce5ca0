import { type Debugger, Session } from 'node:inspector/promises';
import { relative, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../apps/api/src');

/**
 * Records which files of the server run, in the order in which they run, by breakpoints at every statement that never
 * stop: their condition notes the file and is false.
 * @param names of files in `apps/api/src`, or of folders there with a slash at the end; only what was imported is seen
 * @param act what is to be watched
 * @returns a name for each time that the run came to another file or folder
 */
export async function visitsDuring(names: string[], act: () => Promise<unknown>): Promise<string[]> {
  const visits: string[] = [];
  Object.assign(globalThis, { noteVisit: (name: string) => visits.at(-1) !== name && visits.push(name) });
  const session = new Session();
  session.connect();
  const scripts: { id: string; name: string }[] = [];
  session.on('Debugger.scriptParsed', ({ params: { url, scriptId } }) => {
    const file = relative(source, url.replace(/^file:\/\//, ''));
    const name = names.find((watched) =>
      watched.endsWith('/') ? file.startsWith(watched) : file === watched,
    );
    if (name !== undefined) scripts.push({ id: scriptId, name });
  });
  await session.post('Debugger.enable');
  try {
    for (const { id, name } of scripts) {
      const start = { scriptId: id, lineNumber: 0 };
      // Node's types declare the general form of `post` first, which promises nothing.
      const { locations } = (await session.post('Debugger.getPossibleBreakpoints', {
        start,
      })) as unknown as Debugger.GetPossibleBreakpointsReturnType;
      const condition = `noteVisit(${JSON.stringify(name)}), false`;
      for (const { type: _, ...location } of locations) {
        await session.post('Debugger.setBreakpoint', { location, condition });
      }
    }
    await act();
  } finally {
    session.disconnect();
  }
  return visits;
}
