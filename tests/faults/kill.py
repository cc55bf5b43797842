#!/usr/bin/env python3
"""Kills imports into a store and looks at what is left: kill.py NEVERREADY NR_CRASH [--random N] [--seed N], from the root of the source tree.

A log comes in pieces, and the import of one of them ends before one of its writes or syncs (NR_CRASH ends itself there, see
crash_app.cc), or at a random moment (kill -9). Of what was written and not synced nothing, all or a part is lost. Then the file
must be sound, hold all that an import had acknowledged, and after the whole log is read once more be equal to a store that
nobody interrupted.
"""

import argparse
import datetime
import glob
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

REVISIONS = 540  # more than one transaction takes (RecorderOptions.batch)
PIECES = 3
CONTENT = [line for line in pathlib.Path("tests/faults/content.sql").read_text(encoding="utf-8").splitlines() if line.startswith("SELECT ")]


def content(store):
    with sqlite3.connect(store) as db:
        rows = {sql: db.execute(sql).fetchall() for sql in CONTENT}
    db.close()
    return rows


def table(rows, name):
    return next(value for sql, value in rows.items() if f" FROM {name} " in sql)


def make_log():
    """Lines of many revisions: small cases of all kinds, each several times under names and at times of its own."""
    cases = []
    for name in sorted(glob.glob("tests/cases/other/*.ndjson"))[::6] + sorted(glob.glob("tests/cases/pynode/*.ndjson"))[::24]:
        entries = [json.loads(line) for line in pathlib.Path(name).read_text(encoding="utf-8").splitlines() if line.strip()]
        labels = entries[0].get("resource", {}).get("labels", {})
        if len(entries) <= 25 and labels.get("revision_name") and labels.get("service_name"):
            cases.append((entries, labels["service_name"], labels["revision_name"]))
    assert len(cases) >= 5, len(cases)
    lines = []
    for number in range(REVISIONS):
        entries, service, revision = cases[number % len(cases)]
        new_service, new_revision = f"svc-{number % 37:02}", f"svc-{number % 37:02}-{number:05}-abc"
        for entry in entries:
            at = datetime.datetime.fromisoformat(entry["timestamp"][:19]) + datetime.timedelta(minutes=7 * number)
            text = json.dumps(dict(entry, timestamp=at.isoformat() + entry["timestamp"][19:])).replace(revision, new_revision)
            lines.append(text.replace(f'"{service}"', f'"{new_service}"') + "\n")
    return lines


class Imports:
    """The pieces of the log, and what the store is after each of them."""

    def __init__(self, binary, folder, rng):
        self.binary, self.folder = binary, folder
        lines = make_log()
        dealt = [[] for _ in range(PIECES)]
        for line in lines:
            rng.choice(dealt).append(line)
        self.whole = self.write("whole", lines)
        self.pieces = [self.write(f"piece{i}", piece) for i, piece in enumerate(dealt)]
        self.after, self.contents = [], []  # [i]: before piece i
        store = folder + "/after.db"
        self.times = []
        for piece in [None, *self.pieces]:
            begin = time.monotonic()
            if piece:
                self.run(binary, store, piece, check=True)
            else:
                self.run(binary, store, "examples/netra-backend-staging-00170-55z.ndjson", check=True)
            self.times.append(time.monotonic() - begin)
            self.after.append(shutil.copy(store, f"{folder}/after{len(self.after)}.db"))
            self.contents.append(content(store))
        assert len(table(self.contents[-1], "revisions")) >= REVISIONS, "the log has too few revisions"

    def write(self, name, lines):
        path = f"{self.folder}/{name}.ndjson"
        pathlib.Path(path).write_text("".join(lines), encoding="utf-8")
        return path

    def run(self, binary, store, log, check=False, **environment):
        ran = subprocess.run([binary, "analyze", log, "--db", store], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=dict(os.environ, **environment), check=False)
        if check and (ran.returncode not in (0, 1) or b"stored in" not in ran.stderr):
            raise SystemExit(f"{log} cannot be stored: {ran.stderr.decode()}")
        return ran

    def fresh(self, index):
        """The store as it is before the piece."""
        store = self.folder + "/store.db"
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(store + suffix).unlink(missing_ok=True)
        return shutil.copy(self.after[index], store)

    def mistake(self, store, index, acknowledged):
        """What is wrong with a store after the import of the piece was killed; None if nothing is."""
        try:
            with sqlite3.connect(store) as db:
                for pragma, good in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                    told = db.execute(f"PRAGMA {pragma}").fetchall()
                    if told != good:
                        return f"{pragma}: {told[:3]}"
                db.execute("INSERT INTO evidence_text (evidence_text, rank) VALUES ('integrity-check', 1)")
            db.close()
            left = content(store)
        except sqlite3.Error as error:
            return f"it cannot be read: {error}"
        before, after = self.contents[index], self.contents[index + 1]
        if acknowledged and left != after:
            return "what was acknowledged is lost: " + difference(left, after)
        # A revision is as it was before, or as the piece makes it.
        for rows in ("revisions", "raw_entries"):
            halves = set(table(before, rows)) | set(table(after, rows))
            strange = [row[:4] for row in table(left, rows) if row not in halves]
            if strange:
                return f"{rows} that belong to neither side: {strange[:2]}"
            key = 4 if rows == "revisions" else 2
            lost = {row[:key] for row in table(before, rows)} - {row[:key] for row in table(left, rows)}
            if lost:
                return f"{rows} that were stored before are lost: {sorted(lost)[:2]}"
        again = self.run(self.binary, store, self.whole)
        if again.returncode != 1 or b"stored in" not in again.stderr:
            return f"the import cannot be repeated: {again.stderr.decode()}"
        repeated = content(store)
        if repeated != self.contents[-1]:
            return "after the import was repeated it is another: " + difference(repeated, self.contents[-1])
        return None


def difference(got, wanted):
    for sql, rows in wanted.items():
        if got[sql] != rows:
            missing, more = [r for r in rows if r not in got[sql]], [r for r in got[sql] if r not in rows]
            return f"{sql.split(' FROM ')[1].split()[0]}: {len(missing)} rows missing {str(missing[:1])[:300]}, {len(more)} too many {str(more[:1])[:300]}"
    return "nothing"


def points_of(operations, rng):
    """Each sync, truncation and removal, the writes around them, and some writes between."""
    points = set()
    for i, operation in enumerate(operations, 1):
        if operation != "w":
            points |= {i - 1, i, i + 1}
    points |= set(rng.sample(range(1, len(operations) + 1), min(8, len(operations))))
    return sorted(point for point in points if 1 <= point <= len(operations))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("crash")
    parser.add_argument("--random", type=int, default=100, help="random moments")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    failures = killed = acknowledged = 0

    def judge(imports, store, index, ran, how):
        nonlocal failures, killed, acknowledged
        told = b"stored in" in ran.stderr
        killed += ran.returncode in (137, -signal.SIGKILL)
        acknowledged += told and ran.returncode in (137, -signal.SIGKILL)
        wrong = imports.mistake(store, index, told)
        if wrong:
            failures += 1
            print(f"FAILED: piece {index}, {how}: {wrong}", flush=True)

    with tempfile.TemporaryDirectory(prefix="neverready-kill-") as folder:
        imports = Imports(options.binary, folder, rng)
        begin, points = time.monotonic(), 0
        for index, piece in enumerate(imports.pieces):
            count = folder + "/operations"
            imports.run(options.crash, imports.fresh(index), piece, check=True, NR_CRASH_COUNT=count)
            operations = pathlib.Path(count).read_text(encoding="ascii")
            for number, point in enumerate(points_of(operations, rng)):
                loses = ("nothing", "all", str(point))[number % 3] if options.random < 1000 else None
                for how in [loses] if loses else ("nothing", "all", str(point)):
                    store = imports.fresh(index)
                    ran = imports.run(options.crash, store, piece, NR_CRASH_AT=str(point), NR_CRASH_LOSES=how)
                    if ran.returncode != 137:
                        raise SystemExit(f"operation {point} of {len(operations)} did not happen: {ran.stderr.decode()}")
                    if how != "nothing":
                        pathlib.Path(store + "-shm").unlink(missing_ok=True)  # lives in memory
                    judge(imports, store, index, ran, f"operation {point} of {len(operations)} ({operations[point - 1]}), loses {how}")
                    points += 1
        print(f"kill: {points} enumerated points ({acknowledged} behind the acknowledgement), {time.monotonic() - begin:.0f} s", flush=True)
        begin, killed, acknowledged = time.monotonic(), 0, 0
        for _ in range(options.random):
            index = rng.randrange(PIECES)
            store, delay = imports.fresh(index), rng.uniform(0, imports.times[index + 1] * 1.1)
            with subprocess.Popen([options.binary, "analyze", imports.pieces[index], "--db", store], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                try:
                    process.wait(delay)
                except subprocess.TimeoutExpired:
                    process.kill()
                stderr = process.stderr.read()
                process.wait()
            judge(imports, store, index, subprocess.CompletedProcess([], process.returncode, b"", stderr), f"kill -9 after {delay:.4f} s")
        print(f"kill: {options.random} random moments ({killed} before the end, {acknowledged} of these behind the acknowledgement), {time.monotonic() - begin:.0f} s", flush=True)
        if options.random >= 20 and killed < options.random // 2:
            failures += 1
            print("FAILED: too few of the random moments were within the import")
    print("kill: all as expected" if not failures else f"kill: {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
