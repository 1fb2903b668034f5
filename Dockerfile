# Harian in a container: docker build -t harian .
# The packages come from requirements-run.lock alone, each checked against its hash.

FROM python:3.11-slim-bookworm AS build
RUN python -m venv /opt/harian
WORKDIR /build
COPY requirements-run.lock ./
RUN /opt/harian/bin/pip install --no-cache-dir --require-hashes -r requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY handlers/ handlers/
COPY models/ models/
COPY scheduler/ scheduler/
RUN /opt/harian/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/harian/bin/python -m compileall -q /opt/harian/lib

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `harian backup` and `harian restore`
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin harian \
 && install -d -o harian -g harian -m 0700 /var/lib/harian
COPY --from=build /opt/harian /opt/harian
ENV PATH=/opt/harian/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LOG_FORMAT=json
# A SQLite database, backups and exported files go here; the rest of the file system may be read-only, but for /tmp.
WORKDIR /var/lib/harian
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["harian"]
CMD ["run"]
