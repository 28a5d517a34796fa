# PostgreSQL with PostGIS and pgvector, all from Debian trixie's own packages.
FROM debian:13-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    postgresql-17 postgresql-17-pgvector postgresql-17-postgis-3 postgresql-17-postgis-3-scripts \
  && rm -rf /var/lib/apt/lists/* \
  && pg_dropcluster 17 main \
  && install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/data
COPY deploy/postgres.sh /usr/local/bin/ghar-postgres
USER postgres
VOLUME /var/lib/postgresql/data
EXPOSE 5432
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=5 \
  CMD ["/usr/lib/postgresql/17/bin/pg_isready", "-h", "127.0.0.1", "-U", "ghar", "-d", "ghar"]
CMD ["ghar-postgres"]
