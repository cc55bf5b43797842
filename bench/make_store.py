#!/usr/bin/env python3
"""make_store.py FILE [--diagnoses N] [--services N] [--seed N]: a store of invented starts, to measure questions with.

The schema is that of db/schema/*.sql; the same arguments give the same rows on every machine. One start in five became ready, the others failed;
each has five lines of evidence on average, over two years up to 2025-09-15. Incidents follow the starts of each service.
"""

import argparse
import pathlib
import random
import sqlite3
import sys

SECOND = 1_000_000_000
END = 1_757_937_600 * SECOND  # 2025-09-15T12:00:00Z
SPAN = 730 * 86_400 * SECOND
MODULES = ["flask_cors", "starlette.websockets", "google.cloud.storage", "redis", "numpy", "./dist/main.js", "pg", "lodash", "app.settings", "uvloop"]
VARIABLES = ["DATABASE_URL", "JWT_SECRET_KEY", "REDIS_HOST", "STRIPE_KEY", "API_BASE_URL", "SENTRY_DSN", "PORT", "GCS_BUCKET"]
CAUSES = [
    ("import_error", "cpython.module-not-found", "Python cannot find the module {}.", "ModuleNotFoundError: No module named '{}'", MODULES),
    ("missing_env", "pydantic.missing", "The variable {} is not set.", "pydantic_core.ValidationError: 1 validation error for Settings {} Field required", VARIABLES),
    ("port_timeout", "neverready.nothing-listened", "Nothing listened on port {} in time.", "The user-provided container failed to listen on the port {}", ["8080", "3000", "8000"]),
    ("dependency_unreachable", "node.econnrefused", "{} refused the connection.", "Error: connect ECONNREFUSED {} at TCPConnectWrap.afterConnect", ["10.0.0.3:5432", "10.0.0.4:6379", "db:3306"]),
    ("app_exception", "neverready.exception", "An uncaught {}.", "{}: unexpected state while starting the application server", ["TypeError", "ValueError", "IllegalStateException"]),
    ("out_of_memory", "cloudrun.memory-limit", "The memory limit of {} was exceeded.", "Memory limit of {} exceeded with 530 MiB used.", ["512 MiB", "256 MiB"]),
]
NOISE = ["INFO  Started server process [{}]", "WARNING  retrying connection attempt {} of 5", "at Object.<anonymous> (/app/src/server.js:{}:13)",
         "  File \"/app/main.py\", line {}, in <module>", "Default STARTUP TCP probe failed {} times consecutively for container \"web-1\" on port 8080."]


def insert(db, table, rows):
    if rows:
        db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        rows.clear()


class Maker:
    def __init__(self, db, seed):
        self.db, self.random = db, random.Random(seed)
        self.revision = self.evidence = self.incident = 0
        self.rows = {name: [] for name in ("revisions", "diagnoses", "facts", "links", "evidence", "environment", "timeline", "attempts", "verdicts", "incidents", "transitions")}

    def flush(self):
        verdicts = self.rows.pop("verdicts")
        for table, rows in self.rows.items():
            insert(self.db, table, rows)
        self.db.executemany("INSERT INTO verdicts (revision_id, recorded_at, why, state, root_cause, rule, confidence, summary, fingerprint, rule_pack_id) VALUES (?,?,?,?,?,?,?,?,?,?)", verdicts)
        self.rows["verdicts"] = []

    def line(self, revision, position, at, text):
        self.evidence += 1
        self.rows["evidence"].append((self.evidence, revision, position, 0, at, f"id{self.evidence:x}", self.random.choice(["stderr", "stdout", "system"]), f"{revision:032x}", text))

    def start(self, service, name, number, at):
        rnd, rows = self.random, self.rows
        self.revision += 1
        revision = self.revision
        rows["revisions"].append((revision, service, f"{name}-{number:05d}-{rnd.randrange(36**3):03x}", "revision"))
        ready = rnd.random() < 0.2
        took = int(rnd.expovariate(1 / 40) * SECOND) + SECOND
        category, rule, says, line, culprits = rnd.choice(CAUSES)
        culprit = rnd.choice(culprits)
        state = "ready" if ready else "crash_looping" if rnd.random() < 0.1 else "failed"
        cause = None if ready else category
        fingerprint = "" if ready else f"{category} {culprit.lower()}"
        summary = "It became ready." if ready else says.format(culprit)
        rows["diagnoses"].append((revision, state, 0, None, cause, "" if ready else rule, 0.9, None, "", 0.0, summary, "unknown" if ready else "code", 0,
                                  None if ready else "Look at what changed in the image, and set what the line names.", None, 1, at, None if ready else at + took,
                                  at + took if ready else None, None if ready else "HealthCheckContainerError",
                                  None if ready else "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable.",
                                  "tcp", "CANCELLED", 0, fingerprint, 1, at + took, 1))
        rows["verdicts"].append((revision, END, "first", state, cause, "" if ready else rule, 0.9, summary, fingerprint, 1))
        events = [("instance_started", "Starting new instance"), ("first_line", "INFO starting")]
        if ready:
            self.line(revision, 0, at + took, "Default STARTUP TCP probe succeeded after 1 attempt for container \"web-1\" on port 8080.")
            events += [("probe_succeeded", "Default STARTUP TCP probe succeeded"), ("ready", "Ready condition status changed to True.")]
        else:
            self.line(revision, 0, at + took // 2, line.format(culprit))
            for position in range(1, rnd.randrange(4, 9)):
                self.line(revision, position, at + took // 2 + position * SECOND // 10, rnd.choice(NOISE).format(rnd.randrange(1, 5000)))
            fact = {"import_error": "module", "missing_env": "env_vars"}.get(category)
            if fact:
                rows["facts"].append((revision, fact, 0, culprit))
            rows["facts"].append((revision, "file", 0, rnd.choice(["/app/main.py", "/app/src/server.js", "/srv/app/settings.py"])))
            rows["facts"].append((revision, "line", 0, rnd.randrange(1, 400)))
            rows["links"].append((revision, 0, category, rule, summary, at + took // 2, 0))
            rows["links"].append((revision, 1, "port_timeout", "neverready.nothing-listened", "Nothing listened on port 8080 in time.", at + took, 1))
            events += [("first_error", line.format(culprit)), ("exited", "Container called exit(1)."), ("not_ready", "Ready condition status changed to False.")]
            for position, variable in enumerate(rnd.sample(VARIABLES, 3)):
                rows["environment"].append((revision, position, variable, rnd.choice(["set", "missing", "secret_ref"]), None))
        rows["attempts"].append((revision, 0, f"{revision:032x}", "web-1", at, None if ready else at + took // 2, None if ready else at + took - SECOND // 2,
                                 "open" if ready else "exit", 0 if ready else 1, 0 if ready else 1))
        for position, (event, text) in enumerate(events):
            rows["timeline"].append((revision, position, at + took * position // (len(events) - 1), event, text))
        return revision, ready, at + took, cause, rule, summary, fingerprint

    def service(self, number, starts):
        rnd = self.random
        name = f"{rnd.choice(['api', 'web', 'worker', 'auth', 'billing', 'search'])}-{number}"
        environment = rnd.choice(["production", "staging", "development", "unknown"])
        self.db.execute("INSERT INTO services VALUES (?,?,?,?,?)", (number, f"shop-{environment}", "us-central1", name, environment))
        times = sorted(END - rnd.randrange(SPAN) for _ in range(starts))
        opened, seen = None, {}
        for index, at in enumerate(times):
            revision, ready, decided, cause, rule, summary, fingerprint = self.start(number, name, index, at)
            if ready and opened is None:
                continue
            if ready:
                opened["transitions"].append((decided, "recovered", revision, None, "", "", ""))
                opened.update(open=0, closed_at=decided, closed_by=revision)
                self.close(number, opened, seen)
                opened = None
                continue
            kind = "repeat" if opened and opened["fingerprint"] == fingerprint else "cause_changed" if opened else "regression" if fingerprint in seen else "opened"
            if opened is None:
                opened = {"open": 1, "opened_at": decided, "closed_at": None, "opened_by": revision, "closed_by": None, "regression_of": seen.get(fingerprint), "transitions": []}
            opened.update(cause=cause, rule=rule, summary=summary, fingerprint=fingerprint)
            opened["transitions"].append((decided, kind, revision, cause, rule, summary, fingerprint))
        if opened:
            self.close(number, opened, seen)

    def close(self, service, one, seen):
        self.incident += 1
        self.rows["incidents"].append((self.incident, service, one["opened_at"], one["closed_at"], one["open"], one["opened_by"], one["closed_by"], one["cause"], one["rule"],
                                       one["summary"], one["fingerprint"], one["regression_of"]))
        for position, transition in enumerate(one["transitions"]):
            at, kind, revision, cause, rule, summary, fingerprint = transition
            self.rows["transitions"].append((self.incident, position, at, kind, revision, cause, rule, summary, fingerprint))
            if fingerprint:
                seen[fingerprint] = self.incident


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--diagnoses", type=int, default=100_000)
    parser.add_argument("--services", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    file = pathlib.Path(options.file)
    if file.exists():
        sys.exit(f"make_store: {file} exists")
    scripts = sorted((pathlib.Path(__file__).resolve().parent.parent / "db" / "schema").glob("*.sql"))
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
    for script in scripts:
        db.executescript(script.read_text(encoding="utf-8"))
    db.executescript(f"PRAGMA application_id = {0x6E726479}; PRAGMA user_version = {len(scripts)}")
    db.execute("BEGIN")
    db.execute("INSERT INTO rule_packs VALUES (1, 'sha256:invented', ?)", (END,))
    db.execute("INSERT INTO state VALUES ('as_of', ?)", (END,))
    maker = Maker(db, options.seed)
    for number in range(1, options.services + 1):
        before = options.diagnoses * (number - 1) // options.services
        maker.service(number, options.diagnoses * number // options.services - before)
        if number % 50 == 0:
            maker.flush()
    maker.flush()
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for table in ("services", "diagnoses", "evidence", "incidents", "transitions"):
        print(table, db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


if __name__ == "__main__":
    main()
