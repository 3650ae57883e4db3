# Tierscope as a service. The image runs as a user without rights, on a read-only root; /data is its only writable place.
FROM python:3.12-slim AS build
WORKDIR /tierscope
# `--build-arg KIND=light` leaves the embeddings out.
ARG KIND=full
COPY locks/ locks/
RUN pip install --quiet --no-cache-dir uv \
    && uv venv --quiet .venv \
    && uv pip sync --quiet --require-hashes --python .venv/bin/python "locks/${KIND}.lock"

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home tierscope
WORKDIR /tierscope
COPY --from=build /tierscope/.venv .venv
COPY ontology/ ontology/
COPY graph/ graph/
COPY ingest/ ingest/
COPY reasoning/ reasoning/
COPY api/ api/
COPY app/ app/
ENV PATH=/tierscope/.venv/bin:$PATH \
    PYTHONPATH=/tierscope \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    XDG_DATA_HOME=/data \
    NUMBA_CACHE_DIR=/data/kernels
USER tierscope
# Compiled here, a new volume begins with the kernels; the service compiles them again where the processor is another one.
RUN python -m reasoning.core.warm
VOLUME /data
EXPOSE 8317
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8317/readyz', timeout=2)"]
ENTRYPOINT ["python", "-m", "app"]
CMD ["serve"]
