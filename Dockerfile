# One image per app: docker build --build-arg MODULE=coordinator .
# The build stage is the same for all of them, so it runs once.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# mdep.skip: the images need no local broker and registry, which module platform would fetch.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dquick -Dmdep.skip=true \
    -pl coordinator,order-service,payment-service,shipping-service -am package

FROM eclipse-temurin:25-jre
ARG MODULE
RUN test -n "${MODULE}" \
    && useradd --system --uid 1001 --home-dir /app --shell /usr/sbin/nologin clew \
    && install -d -o clew -g root -m 0750 /var/lib/clew
WORKDIR /app
COPY --from=build --chown=clew:root /src/${MODULE}/target/quarkus-app/ ./
COPY --chown=clew:root --chmod=0555 docker/healthy ./
USER clew
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    CLEW_STATE_DIR=/var/lib/clew \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.clew -Djava.util.logging.manager=org.jboss.logmanager.LogManager"
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=12 CMD ["/app/healthy"]
ENTRYPOINT ["java", "-jar", "quarkus-run.jar"]
