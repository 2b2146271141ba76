# syntax=docker/dockerfile:1

# The binary, as it is shipped: link-time optimised, stripped. A C compiler comes with the image; SQLite and the PostgreSQL client are
# compiled in.
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
# The two caches keep the crates and what was compiled of them between builds. They are no part of the image, hence the copy.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --profile dist --locked --features pdf,parquet \
    && cp target/dist/registre /registre

FROM debian:bookworm-slim
# The certificates are for `jwks_url` and for files in S3.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin registre \
    && install --directory --owner=registre --group=registre --mode=0700 /data
COPY --from=build /registre /usr/local/bin/registre
COPY LICENSE /usr/share/doc/registre/LICENSE
USER registre
ENV REGISTRE_LISTEN=0.0.0.0:8080 \
    REGISTRE_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
# Live, not ready: a database that is away is no reason to restart the service. Asked by the shell, so that no HTTP client is installed.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["registre"]
CMD ["serve"]
