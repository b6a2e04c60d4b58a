FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    APIST_MODE=production \
    APIST_VAR_DIR=/var/lib/apist \
    PORT=8000 \
    WEB_CONCURRENCY=2 \
    PATH=/opt/venv/bin:$PATH

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin apist

# docker build --build-arg EXTRAS=s3: what docs/install.md says of an S3-compatible service.
ARG EXTRAS=

WORKDIR /srv/apist
COPY . .
# What is built is tried by tests/test_ground.py, which runs the same script.
RUN python bin/image-build --venv /opt/venv --var "$APIST_VAR_DIR" --extras "$EXTRAS" \
    && install -d -o apist -g apist -m 700 "$APIST_VAR_DIR/attachments"

# Files sent by users: the only folder that is written to, and the only one to keep.
VOLUME /var/lib/apist/attachments
USER apist
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "bin/health"]
# The worker and the clock are the same image: manage.py db_worker, manage.py clock. See docs/install.md.
# Loaded before the workers part (--preload): they share the code's memory.
# sh gives way to gunicorn (exec), which reads WEB_CONCURRENCY and GUNICORN_CMD_ARGS itself.
CMD ["sh", "-c", "exec gunicorn apist.wsgi:application --bind 0.0.0.0:$PORT --preload --worker-class gthread --threads 4 --worker-tmp-dir /dev/shm --no-control-socket --access-logfile -"]
