#!/usr/bin/env python3
"""Runs the real program as a user does: smoke.py BINARY, from the root of the source tree."""

import json
import subprocess
import sys
import tempfile
import time

EXAMPLE = "examples/netra-backend-staging-00170-55z.ndjson"
binary = sys.argv[1]
failures = 0


def run(*args, stdin=""):
    return subprocess.run([binary, *args], input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def expect(condition, what, result):
    global failures
    if condition:
        return
    failures += 1
    print(f"FAILED: {what}\n  command: {' '.join(result.args)}\n  exit code: {result.returncode}")
    print(f"  stdout: {result.stdout[:2000]}\n  stderr: {result.stderr[:2000]}")


version = run("--version")
expect(version.returncode == 0 and version.stdout.strip() and not version.stderr, "--version prints one line to stdout and succeeds", version)

text = run("analyze", EXAMPLE)
expect(text.returncode == 1, "a failed revision ends in exit code 1", text)
expect("netra-backend-staging-00170-55z" in text.stdout, "the diagnosis names the revision", text)
expect("WebSocketState" in text.stdout, "the diagnosis names the root cause", text)
expect("\x1b" not in text.stdout, "no colours where stdout is no terminal", text)

as_json = run("analyze", "--format", "json", EXAMPLE)
expect(as_json.returncode == 1, "JSON output has the same exit code", as_json)
try:
    diagnosis = json.loads(as_json.stdout)["diagnoses"][0]
    expect(diagnosis["state"] == "failed", "state is failed", as_json)
    expect(diagnosis["root_cause"] == "import_error", "the root cause is an import_error", as_json)
except (ValueError, LookupError, TypeError) as error:
    expect(False, f"JSON output can be read ({error!r})", as_json)

with open(EXAMPLE, encoding="utf-8") as example:
    piped = run("analyze", "--format", "json", "-", stdin=example.read())
expect(piped.returncode == 1 and '"import_error"' in piped.stdout, "standard input is read like a file", piped)

missing = run("analyze", "no/such/file.ndjson")
expect(missing.returncode == 2 and not missing.stdout, "a missing file ends in exit code 2 and prints nothing to stdout", missing)
expect("no/such/file.ndjson" in missing.stderr, "the message names the missing file", missing)

with tempfile.TemporaryDirectory() as folder:
    store = folder + "/store.db"
    run("analyze", "-q", "--db", store, EXAMPLE)
    listed = run("incidents", "--db", store, "--since", "2025-01-01")
    expect(listed.returncode == 0 and "import_error" in listed.stdout, "what was stored is listed", listed)
    # One call of a function that takes hours and asks nobody whether it may go on.
    begin = time.monotonic()
    bomb = run("query", "--db", store, "--timeout", "0.5", "SELECT instr(zeroblob(8000000), zeroblob(4000000) || x'01')")
    took = time.monotonic() - begin
    expect(bomb.returncode == 2 and "took too long" in bomb.stderr and 2 < took < 20, f"what cannot be interrupted is ended ({took:.1f} s)", bomb)

print("smoke: all as expected" if not failures else f"smoke: {failures} failed")
sys.exit(1 if failures else 0)
