#!/usr/bin/env python3
"""Runs whole programs side by side on the same files and compares them:
run.py NEVERREADY STAGES FOLDER RESULT [--smoke] [--check] [--only NAME,…]; script/bench makes the files in FOLDER.

Every round runs each program once, so that a busy machine is busy for all; the medians count. Times are this machine's: only ratios mean anything elsewhere.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

PATTERNS = "bench/patterns.txt"
CASE = "examples/netra-backend-staging-00170-55z.ndjson"


@dataclass
class Program:
    name: str
    command: list
    exit_code: int = 0
    file: str = ""  # whose bytes its MB/s are; the comparison's file, unless told


@dataclass
class Target:
    """The first program's wall time (or its peak memory) at most `limit`; of its time: that many times the yardstick's."""

    limit: float
    yardstick: str = ""  # a program's name; "": the peak memory in MB counts
    program: str = ""  # instead of the first one


@dataclass
class Comparison:
    name: str
    title: str
    file: str
    programs: list
    targets: list
    rounds: int = 5
    notes: list = field(default_factory=list)


@dataclass
class Outcome:
    wall: list = field(default_factory=list)  # of each round
    cpu: list = field(default_factory=list)
    peak: float = 0  # MB

    def median(self):
        return statistics.median(self.wall)


def run(program, out=subprocess.DEVNULL):
    """Wall and CPU seconds, and MB at the peak."""
    with tempfile.NamedTemporaryFile("r") as usage:
        # A process started from Python directly is charged with Python's own memory; `time` is small.
        command = ["/usr/bin/time", "-q", "-f", "%M", "-o", usage.name, *program.command]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out)
        _, status, spent = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code != program.exit_code:
            raise SystemExit(f"bench: exit code {code} instead of {program.exit_code}: {' '.join(program.command)}")
        return wall, spent.ru_utime + spent.ru_stime, int(usage.read().split()[-1]) * 1024 / 1e6


def processor_seconds():
    """What all programs of the machine have used so far, those that give way to others included; 0 where the system does not tell."""
    try:
        with open("/proc/stat", encoding="ascii") as file:
            user, nice, system = (int(word) for word in file.readline().split()[1:4])
    except (OSError, ValueError):
        return 0.0
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def measure(comparison):
    """An Outcome of each program, and the part of the processors that other programs had meanwhile."""
    begin, used = time.perf_counter(), processor_seconds()
    outcomes = {program.name: Outcome() for program in comparison.programs}
    for number in range(comparison.rounds):
        for program in comparison.programs:
            wall, cpu, peak = run(program)
            outcome = outcomes[program.name]
            outcome.wall.append(wall)
            outcome.cpu.append(cpu)
            outcome.peak = max(outcome.peak, peak)
        if sum(outcome.wall[-1] for outcome in outcomes.values()) > 1:
            print(f"bench: {comparison.name}, round {number + 1} of {comparison.rounds}", file=sys.stderr)
    used = processor_seconds() - used
    own = sum(sum(outcome.cpu) for outcome in outcomes.values())
    return outcomes, max(used - own, 0) / (time.perf_counter() - begin) / os.cpu_count()


def tell(target, comparison, outcomes):
    """The sentence about a target, and whether it was met."""
    name = target.program or comparison.programs[0].name
    if target.yardstick:
        ratio = outcomes[name].median() / outcomes[target.yardstick].median()
        return f"time ÷ `{target.yardstick}`: target ≤ {target.limit:.3g}: {ratio:.3g}", ratio <= target.limit
    peak = outcomes[name].peak
    return f"peak memory of `{name}`: target ≤ {target.limit:.0f} MB: {peak:.0f} MB", peak <= target.limit


def report(comparison, outcomes, others, judged):
    """Lines of Markdown, and the targets that were missed."""
    yardsticks = dict.fromkeys(target.yardstick for target in comparison.targets if target.yardstick)
    head = ["program", "wall", "CPU", "MB/s", *(f"wall ÷ `{name}`" for name in yardsticks), "peak memory"]
    lines = [f"## {comparison.title}", "", "| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for program in comparison.programs:
        outcome = outcomes[program.name]
        size = os.path.getsize(program.file or comparison.file)
        cells = [f"`{program.name}`", f"{outcome.median():.3f} s", f"{statistics.median(outcome.cpu):.3f} s", f"{size / outcome.median() / 1e6:.0f}"]
        cells += [f"{outcome.median() / outcomes[name].median():.3f}" for name in yardsticks]
        lines.append("| " + " | ".join([*cells, f"{outcome.peak:.0f} MB"]) + " |")
    lines.append("")
    missed = []
    for target in comparison.targets:
        sentence, met = tell(target, comparison, outcomes)
        lines.append(f"- {sentence}" + (f", {'met' if met else 'missed'}" if judged else ""))
        if not met:
            missed.append(f"{comparison.name}: {sentence}")
    spread = max(max(outcome.wall) / min(outcome.wall) for outcome in outcomes.values())
    lines.append(f"- {comparison.rounds} rounds; the slowest run of a program took at most {spread:.2f} × its fastest; other programs had {others:.0%} of the processors")
    return lines + [f"- {note}" for note in comparison.notes] + [""], missed


def stages(binary, folder, rounds):
    """What each stage gets through: medians of CPU seconds."""
    command = [binary, f"{folder}/realistic.ndjson", f"{folder}/realistic.ndjson.gz"]
    seconds, rows = {}, {}
    for number in range(rounds):
        printed = subprocess.run(command, capture_output=True, text=True, check=True)
        for line in printed.stdout.splitlines():
            name, spent, *rest = line.split("\t")
            seconds.setdefault(name, []).append(float(spent))
            rows[name] = rest
        print(f"bench: stages, round {number + 1} of {rounds}", file=sys.stderr)
    seconds = {name: statistics.median(values) for name, values in seconds.items()}
    whole = sum(seconds[name] for name, row in rows.items() if row[3] == "1")
    lines = ["## Stages, on one thread", "", "| stage | CPU | of | MB/s | a second | share |", "|---|---:|---:|---:|---:|---:|"]
    for name, (size, things, kind, on_the_way) in rows.items():
        size, things, spent = int(size), int(things), max(seconds[name], 1e-6)
        speed = f"{size / spent / 1e6:,.0f}" if size else ""
        share = f"{spent / whole:.0%}" if on_the_way == "1" else ""
        lines.append(f"| {name} | {spent:.3f} s | {things:,} {kind}, {size / 1e6:,.0f} MB | {speed} | {things / spent:,.0f} | {share} |")
    return lines + ["", f"- {printed.stderr.strip()}; {rounds} rounds", ""]


def check_input(binary, log):
    """Brings the file into the page cache, and shows that there is something to find: entries, revisions and failed ones."""
    with tempfile.TemporaryFile() as out:
        run(Program("", [binary, "analyze", "--format", "json", log], 1), out)
        out.seek(0)
        answer = json.load(out)
    failed = sum(1 for diagnosis in answer["diagnoses"] if diagnosis["state"] == "failed")
    if not failed or answer["input"]["malformed"]:
        raise SystemExit(f"bench: {failed} failed revisions and {answer['input']['malformed']} malformed lines in {log}: the generated log is wrong")
    return answer["input"]["entries"], len(answer["diagnoses"]), failed


def comparisons(binary, folder, rounds):
    def own(file, name="neverready"):
        return Program(name, [binary, "analyze", "--format", "json", file], 1, file)

    def storing(file):
        # Into a store that is not there yet.
        store = f"{folder}/store.db"
        command = [binary, "analyze", "--quiet", "--format", "json", "--db", store, file]
        return Program("neverready --db", ["sh", "-c", 'rm -f "$0" "$0"-wal "$0"-shm; exec "$@"', store, *command], 1, file)

    def ripgrep(file):
        return Program("rg -c", ["rg", "-c", "-f", PATTERNS, file])

    names = "realistic text many many4 half".split()
    realistic, text, many, many4, half = (f"{folder}/{name}.ndjson" for name in names)
    array, packed = f"{folder}/half-newest-first.json", f"{realistic}.gz"
    select = Program("jq select", ["jq", "-c", 'select(.severity=="ERROR")', realistic])
    return [
        Comparison("realistic", "Realistic mix", realistic, [own(realistic), ripgrep(realistic), select], [Target(0.6, "rg -c"), Target(0.125, "jq select")], rounds),
        Comparison("text", "Text-heavy mix", text, [own(text), ripgrep(text)], [Target(1.0, "rg -c")], rounds),
        Comparison("many", "Ten times as many revisions", many, [own(many), ripgrep(many)], [Target(1.0, "rg -c")], rounds),
        Comparison(
            "memory",
            "Memory",
            many,
            [own(many), own(many4, "neverready, 4 × the size")],
            [Target(256), Target(256, program="neverready, 4 × the size")],
            min(rounds, 2),
        ),
        Comparison("store", "Storing", realistic, [storing(realistic), own(realistic, "without storing")], [Target(1.3, "without storing")], rounds),
        Comparison("array", "JSON array, newest first", half, [own(array), own(half, "the same as NDJSON")], [Target(3.0, "the same as NDJSON")], rounds),
        Comparison(
            "gzip",
            "Compressed",
            packed,
            [own(packed), Program("zcat", ["zcat", packed]), own(realistic, "the same uncompressed")],
            [],
            rounds,
            ["no target: a gzip stream can only be decompressed from its beginning, on one thread"],
        ),
        Comparison("case", "One incident", CASE, [Program("neverready", [binary, "analyze", CASE], 1), Program("jq .", ["jq", ".", CASE])], [Target(1.0, "jq .")], 7 * rounds),
    ]


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n", 1)[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("stages")
    parser.add_argument("folder")
    parser.add_argument("result")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    for tool in ("rg", "jq", "zcat", "/usr/bin/time"):
        if not shutil.which(tool):
            raise SystemExit(f"bench: {tool} not found\n  try: script/bootstrap ci")

    judged = not arguments.smoke
    wanted = comparisons(arguments.binary, arguments.folder, 3 if arguments.smoke else 5)
    only = [name for name in arguments.only.split(",") if name]
    names = [comparison.name for comparison in wanted] + ["stages"]
    if unknown := [name for name in only if name not in names]:
        raise SystemExit(f"bench: there is no comparison {unknown[0]!r}\n  try: {', '.join(names)}")

    tools = "; ".join(first_line(*command) for command in (("rg", "--version"), ("jq", "--version"), ("zcat", "--version")))
    lines = ["# Benchmark", "", f"Medians, on {os.cpu_count()} processors ({platform.machine()}); {tools}.", ""]
    if not judged:
        lines += ["Small logs: nothing here is judged.", ""]
    missed = []
    for comparison in wanted:
        if only and comparison.name not in only:
            continue
        if comparison.file != CASE:
            entries, revisions, failed = check_input(arguments.binary, comparison.file)
            comparison.title += f": {os.path.getsize(comparison.file) / 1e6:,.0f} MB, {entries:,} entries, {revisions:,} revisions, {failed:,} failed"
        some, bad = report(comparison, *measure(comparison), judged)
        lines += some
        missed += bad
    if not only or "stages" in only:
        lines += stages(arguments.stages, arguments.folder, 3)

    with open(arguments.result, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    print("\n".join(lines))
    if judged and missed:
        print("bench: missed:", *missed, sep="\n  ", file=sys.stderr)
        if arguments.check:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
