# Build: everything is made once, here, with a compiler.
FROM debian:12-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev python3 python3-dev python3-venv \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/ghar
COPY requirements.lock ./
RUN python3 -m venv /opt/ghar \
  && /opt/ghar/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY agent agent
COPY facade facade
COPY servers servers
COPY storage storage
COPY tools tools
COPY widgets widgets
RUN /opt/ghar/bin/pip install --no-cache-dir --no-build-isolation --no-deps . \
  && /opt/ghar/bin/python -m compileall -q /opt/ghar/lib

# Run: no compiler, no root, no writable code.
FROM debian:12-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates libgomp1 python3 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --shell /usr/sbin/nologin --create-home --home-dir /var/lib/ghar ghar
COPY --from=build /opt/ghar /opt/ghar
ENV PATH=/opt/ghar/bin:$PATH PYTHONUNBUFFERED=1 GHAR_HOST=0.0.0.0 GHAR_PORT=3600
USER 10001
WORKDIR /var/lib/ghar
EXPOSE 3600
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3600/health/ready', timeout=2)"]
CMD ["ghar", "serve"]
