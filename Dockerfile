# An edge. Built from the sources alone; needs BuildKit (the default of Docker) for its caches.

FROM node:24.19.0-bookworm-slim AS node

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -q -ntp -DskipTests -pl edge -am package

FROM eclipse-temurin:25.0.4_7-jre-noble
# The jars stay apart, so that those under the LGPL can be replaced.
COPY --from=build /src/edge/target/lib /app/lib
COPY --from=build /src/edge/target/confab-edge.jar /src/edge/jvm.options /src/LICENSE /src/NOTICE /app/
COPY --from=build /src/dist/licenses /app/licenses
USER 10001:10001
EXPOSE 8080 8443 4433/udp
STOPSIGNAL SIGTERM

# Whether the process lives; whether it takes sessions is the proxy's to ask. There is no curl here.
HEALTHCHECK --interval=3s --timeout=2s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${CONFAB_HTTP_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

# More JVM options come in CONFAB_JAVA_OPTS, which is split into words.
ENTRYPOINT ["sh", "-c", "exec java @/app/jvm.options ${CONFAB_JAVA_OPTS:-} -jar /app/confab-edge.jar \"$@\"", "confab"]
