#!/bin/sh
# Makes the cluster and the database on the first start, then runs PostgreSQL in the foreground.
set -eu
: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}"
bin=/usr/lib/postgresql/17/bin
data=/var/lib/postgresql/data/17
if [ ! -s "$data/PG_VERSION" ]; then
  fresh=$(mktemp -d /var/lib/postgresql/data/new.XXXXXX)
  secret=$(mktemp)
  printf '%s' "$POSTGRES_PASSWORD" >"$secret"
  "$bin/initdb" -D "$fresh" -U ghar --pwfile="$secret" -A scram-sha-256 -E UTF8 --locale=C.UTF-8
  rm -f "$secret"
  echo "host all all all scram-sha-256" >>"$fresh/pg_hba.conf"
  printf 'CREATE DATABASE ghar\n' | "$bin/postgres" --single -D "$fresh" postgres >/dev/null
  rm -rf "$data"
  mv "$fresh" "$data"
fi
exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c jit=off
