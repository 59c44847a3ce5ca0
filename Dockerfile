# The image of Coatcheck. docs/container.md says how to run it.
FROM node:24.21.0-bookworm-slim AS source
WORKDIR /coatcheck
# .dockerignore lists what there is to copy.
COPY . .

FROM source AS build
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --filter @coatcheck/web... --filter @coatcheck/api...
RUN node apps/web/build-changed.ts && node apps/api/build-changed.ts

FROM source AS server
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --prod --no-optional --filter @coatcheck/api...
RUN rm -r apps/web

FROM node:24.21.0-bookworm-slim
WORKDIR /coatcheck
COPY --from=server /coatcheck .
COPY --from=build /coatcheck/apps/web/dist apps/web/dist
COPY --from=build /coatcheck/apps/api/dist apps/api/dist
# The code belongs to root, and the server runs as another user: it can write into /data alone.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/coatcheck.db COATCHECK_IS_IN_IMAGE=1
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s CMD ["node", "apps/api/healthcheck.js"]
# Without a shell in between, SIGTERM reaches the server, which handles it as process 1 and starts no others to look after.
CMD ["node", "apps/api/server.js"]
