# syntax=docker/dockerfile:1
# deploy/images/build makes the image: it says what the base is, and what is copied is in target/partner-connectors.
ARG BASE
FROM ${BASE}

ARG VERSION
ARG COMMIT
LABEL org.opencontainers.image.title="Refund Hub: partner-connectors" \
      org.opencontainers.image.description="Asks partners to pay and to confirm, at most once." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}"

WORKDIR /opt/refund-hub
# changes with a library's version only
COPY libraries/ ./
# what this project is made of
COPY application/ ./

USER 10001:10001
EXPOSE 9082
# writes to /tmp alone: the root may be read-only
ENTRYPOINT ["java", "-jar", "/opt/refund-hub/quarkus-run.jar"]
