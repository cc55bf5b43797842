#!/usr/bin/env python3
"""gcloud_yaml.py NEVERREADY: every ninth case, printed by gcloud's own YAML and JSON printers, gets the same
answer. Exits with 77 where gcloud's library is not installed. No network, no account."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def printer():
    gcloud = shutil.which("gcloud")
    if not gcloud:
        return None
    library = pathlib.Path(gcloud).resolve().parent.parent / "lib"
    sys.path[:0] = [str(library), str(library / "third_party")]
    try:
        from googlecloudsdk.core.resource import resource_printer
    except Exception:  # another Python, another layout
        return None
    return resource_printer


def answer(program, file):
    run = subprocess.run([program, "analyze", "--format", "json", str(file)], capture_output=True, check=False)
    document = json.loads(run.stdout)
    document["input"].pop("bytes")
    return run.returncode, run.stderr, json.dumps(document)


def main():
    resource_printer = printer()
    if resource_printer is None:
        print("SKIPPED: gcloud's printers cannot be loaded here")
        return 77
    wrong = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(pathlib.Path("tests/cases").glob("*/*.ndjson"))[::9]:
            answers = []
            for form in ("json", "yaml"):
                entries = [json.loads(line) for line in case.read_text(encoding="utf-8").splitlines() if line.strip()]
                file = pathlib.Path(folder) / ("log." + form)
                with file.open("w", encoding="utf-8") as out:
                    resource_printer.Print(entries, form, out=out)
                answers.append(answer(sys.argv[1], file))
            compared += 1
            if answers[0] != answers[1]:
                wrong += 1
                print(f"{case}: the YAML gets another answer than the JSON\n  {answers[1][1].decode()[:300]}")
    print(f"{compared} cases compared, {wrong} differ")
    return 1 if wrong or compared < 40 else 0


sys.exit(main())
