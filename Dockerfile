# Caveat on Discord. Build: docker build -t caveat . Run: see compose.yaml, or
# docker run --read-only --tmpfs /tmp -v caveat:/var/lib/caveat -e DISCORD_TOKEN caveat
FROM python:3.11-slim AS install
# requirements-cjk.lock beside it: Chinese, Japanese and Korean letters in pictures and PDF; 32 MB more.
# requirements-meaning.lock: what a question back offers is ordered by meaning, too; 96 MB more.
ARG LOCKS="requirements.lock"
WORKDIR /locks
COPY requirements.lock ./
COPY requirements-cjk.lock ./
COPY requirements-meaning.lock ./
RUN python -m venv /opt/caveat \
    && for lock in $LOCKS; do \
        /opt/caveat/bin/pip install --no-cache-dir --no-compile --require-hashes -r "$lock" || exit 1; done \
    && /opt/caveat/bin/pip uninstall --yes pip

FROM python:3.11-slim
RUN useradd --system --home-dir /var/lib/caveat --create-home caveat
COPY --from=install /opt/caveat /opt/caveat
WORKDIR /app
COPY bot.py ./
COPY bot bot
COPY cogs cogs
COPY data data
ENV DATABASE_URL=sqlite:////var/lib/caveat/caveat.db \
    BACKUP_DIR=/var/lib/caveat/backups \
    LOG_FORMAT=json \
    METRICS_ADDR=127.0.0.1:9464 \
    PYTHONPYCACHEPREFIX=/var/lib/caveat/.compiled
USER caveat
VOLUME /var/lib/caveat
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m CMD ["/opt/caveat/bin/python", "bot.py", "health"]
ENTRYPOINT ["/opt/caveat/bin/python", "bot.py"]
CMD ["run"]
