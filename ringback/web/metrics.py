"""Counters for Prometheus; labels never hold a phone number or a business."""

from prometheus_client import CollectorRegistry, Counter, Gauge

REGISTRY = CollectorRegistry()
HOOKS = Counter("ringback_hooks_total", "Callbacks from providers", ["what", "result"], registry=REGISTRY)
JOBS = Gauge("ringback_jobs", "Jobs in the queue", ["entrypoint", "status"], registry=REGISTRY)
WORKER_BEAT_AGE = Gauge("ringback_worker_beat_age_seconds", "Since a worker last said that it lives", registry=REGISTRY)
