// A proxy that passes everything on to the app at PEER_APP, by the plugin that people use with Fastify.
import httpProxy from '@fastify/http-proxy';
import fastify from 'fastify';

const app = fastify();
await app.register(httpProxy, { upstream: process.env.PEER_APP ?? '' });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`READY ${url}\n`);
process.on('SIGTERM', () => process.exit());
