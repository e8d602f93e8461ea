"""
What Prometheus reads of a running bot.

Commands are counted as they are done. Everything else is state that the bot holds anyway, read when somebody asks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import prometheus_client as prometheus
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.app import Caveat
from bot.operating.observing import Handled
from bot.ui.kit.context import Outcome

_LATENCY_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LAG_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The metrics of one bot."""

    def __init__(self, bot: Caveat) -> None:
        prometheus.disable_created_metrics()  # a series more for each, which nobody looks at
        self._registry = registry = prometheus.CollectorRegistry()
        self._commands = prometheus.Counter(
            "caveat_commands", "Commands, by name and what became of them.", ("command", "outcome"), registry=registry
        )
        self._seconds = prometheus.Histogram(
            "caveat_command_seconds",
            "Seconds from a command's arrival to its answer, Discord's own time included.",
            ("command",),
            buckets=_LATENCY_S,
            registry=registry,
        )
        self._questions = prometheus.Counter(
            "caveat_questions",
            "Commands that looked for claims: answered, asked back, or no claim.",
            ("outcome",),
            registry=registry,
        )
        self.lag = prometheus.Histogram(
            "caveat_event_loop_lag_seconds",
            "How much later than it should the event loop got round to a task, looked at twice a second.",
            buckets=_LAG_S,
            registry=registry,
        )
        self._children: dict[
            tuple[str, Outcome], tuple[prometheus.Counter, prometheus.Histogram, prometheus.Counter]
        ] = {}
        bot.observer.hearing.append(self.count)
        registry.register(_State(bot))
        prometheus.ProcessCollector(registry=registry)
        prometheus.GCCollector(registry=registry)

    def count(self, handled: Handled) -> None:
        """Count one command; microseconds, because what it adds to is looked up once."""
        kind = handled.name, handled.outcome
        found = self._children.get(kind)
        if found is None:
            commands, seconds = self._commands.labels(*kind), self._seconds.labels(handled.name)
            found = self._children[kind] = commands, seconds, self._questions.labels(handled.outcome)
        commands, seconds, questions = found
        commands.inc()
        if handled.seconds is not None:
            seconds.observe(handled.seconds)
        if handled.sought:
            questions.inc()

    def page(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return prometheus.generate_latest(self._registry)


class _RateLimits(logging.Filter):
    """
    Counts the requests that Discord refused with 429, which discord.py waits out and tells its log only.

    A trace of aiohttp's would see them, too, and cost every answer a tenth of its time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        logging.getLogger("discord.http").addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through."""
        self.seen += record.levelno == logging.WARNING and "429" in record.msg
        return True


@dataclass(frozen=True, slots=True)
class _Read:
    """One metric: its name without unit suffix, what it means, and what gives its value, or one value a label."""

    name: str
    meaning: str
    value: Callable[[], float | Mapping[str, float]]
    label: str = ""
    counts: bool = False

    def metric(self) -> Metric:
        """What it is now."""
        family = CounterMetricFamily if self.counts else GaugeMetricFamily
        metric = family(self.name, self.meaning, labels=[self.label] if self.label else [])
        value = self.value()
        for label, each in value.items() if isinstance(value, Mapping) else [("", value)]:
            metric.add_metric([label] if self.label else [], each)
        return metric


class _State(Collector):
    """State of the bot, read when somebody asks."""

    def __init__(self, bot: Caveat) -> None:
        its, limits = bot.services, _RateLimits()
        self._reads = (
            _Read("caveat_build", "1, for this version.", lambda: {__version__: 1}, label="version"),
            _Read("caveat_gateway_ready", "1 when events of every shard come in.", lambda: bot.connected),
            _Read("caveat_gateway_shards", "Connections to the gateway.", lambda: len(bot.shards)),
            _Read(
                "caveat_gateway_shards_closed",
                "Connections to the gateway that are closed at the moment.",
                lambda: sum(shard.is_closed() for shard in bot.shards.values()),
            ),
            _Read("caveat_gateway_latency_seconds", "How long a heartbeat takes.", lambda: bot.latency),
            _Read("caveat_servers", "Servers that the bot is in.", lambda: len(bot.guilds)),
            _Read(
                "caveat_discord_rate_limits",
                "Requests that Discord refused with status 429; they are sent again when it allows.",
                lambda: limits.seen,
                counts=True,
            ),
            _Read(
                "caveat_deliveries",
                "Scheduled briefings: due, and of these posted, late (posted, over five minutes after their time), "
                "skipped (nothing to say) and failed (their schedule is paused).",
                lambda: its.deliveries.tally,
                label="state",
                counts=True,
            ),
            _Read(
                "caveat_delivery_overdue_seconds",
                "For how long a scheduled briefing has been due that is not posted; 0 when none is.",
                lambda: its.deliveries.overdue,
            ),
            _Read(
                "caveat_daily_success_timestamp_seconds",
                "When each daily task was done last, in seconds since 1970.",
                lambda: {task: at.timestamp() for task, at in bot.daily.succeeded.items()},
                label="task",
            ),
            _Read("caveat_write_queue", "What answers left to be written.", lambda: its.writes.depth),
            _Read(
                "caveat_write_queue_lost",
                "What was let go because the queue was full or the database would not have it.",
                lambda: its.writes.lost,
                counts=True,
            ),
            _Read(
                "caveat_database_errors",
                "Statements that failed, by kind; an IntegrityError may be a race that was settled.",
                lambda: bot.database.errors,
                label="kind",
                counts=True,
            ),
            _Read("caveat_snapshots", "Fact bases in memory.", lambda: len(its.workspaces.held)),
            _Read(
                "caveat_snapshot_claims",
                "Claims in the fact bases in memory; what servers have in common is counted for each and held once.",
                lambda: sum(len(each.base.claims) for each in its.workspaces.held),
            ),
        )

    def collect(self) -> Iterable[Metric]:
        """Every metric, now."""
        return [read.metric() for read in self._reads]
