# Ruqi in a container: no root, nothing writable but /data, no secret inside. How to run it: deploy/compose.yaml.
FROM python:3.11.13-slim-bookworm AS build
WORKDIR /opt/ruqi
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/ruqi/.venv \
 && /opt/ruqi/.venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY bot bot
COPY feeds feeds
COPY plans plans
COPY ruqi ruqi
COPY scheduler scheduler
COPY schedules schedules
COPY storage storage
COPY texts texts
COPY usecases usecases
COPY web web
RUN /opt/ruqi/.venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11.13-slim-bookworm
# The font draws the bureau's weekly picture; without it the report goes out as text.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin ruqi \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/ruqi/.venv /opt/ruqi/.venv
ENV PATH=/opt/ruqi/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    RUQI_DATA_DIR=/data RUQI_HOST=0.0.0.0 RUQI_PORT=8080
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# 200 only while the database answers and the engine moves; a database that cannot be written stops the engine's beat.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
ENTRYPOINT ["ruqi"]
CMD ["run"]
