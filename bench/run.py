#!/usr/bin/env python3
"""Runs whole programs side by side on the same files and compares them: run.py BINARY LOG EXAMPLE ROUNDS RESULT.

Every round runs each program once, so that a busy machine is busy for all; the medians count. Times are this machine's: only ratios mean anything elsewhere.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, expected_exit):
    """Seconds, MiB at the peak, and what was printed."""
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile("r") as usage:
        start = time.perf_counter()
        # A process started from Python directly is charged with Python's own memory; `time` is small.
        done = subprocess.run(["/usr/bin/time", "-q", "-f", "%M", "-o", usage.name, *command], stdin=subprocess.DEVNULL, stdout=out, check=False)
        seconds = time.perf_counter() - start
        if done.returncode != expected_exit:
            raise SystemExit(f"bench: exit code {done.returncode} instead of {expected_exit}: {' '.join(command)}")
        out.seek(0)
        return seconds, int(usage.read().split()[-1]) / 1024, out.read()


def compare(commands, rounds):
    """Median seconds and peak MiB of each command; `commands`: name, arguments, expected exit code."""
    seconds = {name: [] for name, _, _ in commands}
    peak = dict.fromkeys(seconds, 0)
    for number in range(rounds):
        for name, command, expected_exit in commands:
            took, memory, _ = run(command, expected_exit)
            seconds[name].append(took)
            peak[name] = max(peak[name], memory)
        if sum(values[-1] for values in seconds.values()) > 1:
            print(f"bench: round {number + 1} of {rounds}", file=sys.stderr)
    return {name: (statistics.median(values), peak[name]) for name, values in seconds.items()}


def table(title, results, size):
    own = next(iter(results.values()))[0]
    lines = [f"## {title}", "", "| program | median | MB/s | its time ÷ neverready's | peak memory |", "|---|---:|---:|---:|---:|"]
    for name, (median, memory) in results.items():
        lines.append(f"| `{name}` | {median:.3f} s | {size / median / 1e6:.1f} | {median / own:.2f} | {memory:.0f} MiB |")
    return lines + [""]


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n", 1)[0]


def main():
    binary, log, example, rounds, result = sys.argv[1:]
    rounds = int(rounds)
    patterns = "bench/patterns.txt"
    for tool in ("rg", "jq", "/usr/bin/time"):
        if not shutil.which(tool):
            raise SystemExit(f"bench: {tool} not found\n  try: script/bootstrap ci")

    # Reads the file into the page cache, and shows that there is something to find.
    _, _, printed = run([binary, "analyze", "--format", "json", log], 1)
    answer = json.loads(printed)
    failed = sum(1 for diagnosis in answer["diagnoses"] if diagnosis["state"] == "failed")
    if not failed or answer["input"]["malformed"]:
        raise SystemExit(f"bench: {failed} failed revisions and {answer['input']['malformed']} malformed lines in {log}: the generated log is wrong")

    size = os.path.getsize(log)
    lines = ["# Benchmark", "", f"{rounds} rounds, medians, on {os.cpu_count()} processors ({platform.machine()}); {first_line('rg', '--version')}; {first_line('jq', '--version')}.", ""]
    whole = compare(
        [
            ("neverready analyze --format json", [binary, "analyze", "--format", "json", log], 1),
            (f"rg -c -f {patterns}", ["rg", "-c", "-f", patterns, log], 0),
            ("jq -c .timestamp", ["jq", "-c", ".timestamp", log], 0),
        ],
        rounds,
    )
    lines += table(f"{size / 1e6:.0f} MB, {answer['input']['entries']} entries, {len(answer['diagnoses'])} revisions, {failed} failed", whole, size)
    lines += ["ripgrep maps the file into its memory, and the mapped pages count; its 200 patterns tell which lines match, not which line is the cause.", ""]

    size = os.path.getsize(example)
    one = compare([("neverready analyze", [binary, "analyze", example], 1), ("jq .", ["jq", ".", example], 0)], max(rounds, 11))
    lines += table(f"One incident ({size / 1e3:.0f} kB)", one, size)

    with open(result, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
