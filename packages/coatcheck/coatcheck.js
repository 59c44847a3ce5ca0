#!/usr/bin/env node
// The program that npm installs. Older versions of Node must be able to read this file, to say which version is needed.
// Node before 22.21 asks nobody which requests may change their protocol; before 22.14 it would end without a word, since argon2
// calls functions that it lacks (Node-API 10).
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 21)) {
  process.stderr.write(
    `Coatcheck needs Node 22.21 or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exit(1);
}
await import('./dist/apps/api/src/cli.js');
