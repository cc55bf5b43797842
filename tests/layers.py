#!/usr/bin/env python3
"""Checks every #include of the tree against tests/layers.txt.

layers.py              prints each include that the table forbids; exit code 1 if there is one
layers.py --self-test  proves on invented lines that each kind of mistake is found
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
# Headers of the C++ standard library have no slash and no suffix; of POSIX and C they end in .h.
STANDARD = re.compile(r"^[a-z_]+$|^(sys/)?[a-z_0-9]+\.h$|^(sanitizer|netinet|arpa)/[a-z_]+\.h$")


class Table:
    def __init__(self, text):
        self.folders, self.values, self.libraries = {}, {}, {}
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            key, colon, rest = line.partition(":")
            words = key.split()
            if not colon or not words:
                raise SystemExit(f"tests/layers.txt:{number}: expected `name: …`, found: {line}")
            if words[0] == "value" and len(words) == 2:
                self.values[words[1]] = set(rest.split())
            elif words[0] == "library" and len(words) == 2:
                self.libraries[words[1]] = rest.split()
            elif len(words) == 1:
                self.folders[words[0]] = rest.split()
            else:
                raise SystemExit(f"tests/layers.txt:{number}: expected `folder:`, `value folder:` or `library name:`, found: {line}")
        for folder, allowed in self.folders.items():
            for name in allowed:
                name = name.rstrip("*")
                if name != "all" and name not in self.folders:
                    raise SystemExit(f"tests/layers.txt: {folder} may include {name}, which is no folder of the table")

    def mistake(self, file, quote, target):
        """Why `file` may not include `target`, or None."""
        folder = file.split("/", 1)[0]
        if folder not in self.folders:
            return f"the folder {folder} is not in tests/layers.txt: add it there first"
        if quote == "<":
            return self.library_mistake(file, target)
        if "/" not in target or target.startswith("."):
            return f'"{target}" is not written from the root of the tree'
        other = target.split("/", 1)[0]
        allowed = self.folders[folder]
        if other == folder or "all" in allowed or other in allowed:
            return None
        if other + "*" in allowed:
            if target in self.values.get(other, ()):
                return None
            return f"{folder} may include the value headers of {other} only: {' '.join(sorted(self.values.get(other, ())))}"
        return f"{folder} may include {' '.join(allowed) or 'nothing but itself'}"

    def library_mistake(self, file, target):
        stem = file.rsplit(".", 1)[0]
        for library, owners in self.libraries.items():
            if target == library or (library.endswith("/") and target.startswith(library)):
                if any(owner in ("all", stem) or (owner.endswith("/") and file.startswith(owner)) for owner in owners):
                    return None
                return f"<{target}> belongs to {' '.join(owners)}"
        if file.endswith(".h") and not file.startswith("tests/") and not STANDARD.match(target):
            return f"<{target}> may be included by .cc files only"
        return None


def check(table, file, text):
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found and (why := table.mistake(file, found[1], found[2])):
            yield f"{file}:{number}: {why}\n   | {line.strip()}"


def self_test():
    table = Table("low:\nmiddle: low\nhigh: low middle*\ntop: all\nvalue middle: middle/value.h\nlibrary lib/: low/wrapper\nlibrary fwd/f.hpp: all\n")
    cases = [
        ("low/a.h", '#include "low/b.h"', None),
        ("low/a.h", '#include "middle/value.h"', "nothing but itself"),
        ("middle/a.h", '#include "low/b.h"', None),
        ("middle/a.cc", '# include "high/b.h"', "may include low"),
        ("high/a.h", '#include "middle/value.h"', None),
        ("high/a.h", '#include "middle/other.h"', "value headers of middle only: middle/value.h"),
        ("top/a.cc", '#include "middle/other.h"', None),
        ("unknown/a.cc", '#include "low/b.h"', "not in tests/layers.txt"),
        ("low/a.cc", '#include "b.h"', "from the root of the tree"),
        ("low/a.cc", '#include "../middle/value.h"', "from the root of the tree"),
        ("low/wrapper.cc", "#include <lib/x.h>", None),
        ("low/wrapper.h", "#include <lib/x.h>", None),
        ("top/a.cc", "#include <lib/x.h>", "belongs to low/wrapper"),
        ("low/a.h", "#include <string_view>", None),
        ("low/a.h", "#include <sys/stat.h>", None),
        ("low/a.h", "#include <fmt/format.h>", ".cc files only"),
        ("low/a.cc", "#include <fmt/format.h>", None),
        ("low/a.h", "#include <fwd/f.hpp>", None),
    ]
    wrong = 0
    for file, line, expected in cases:
        found = list(check(table, file, line))
        if (expected is None) != (not found) or (expected and expected not in found[0]):
            print(f"{file}: {line}: expected {expected}, found {found}")
            wrong += 1
    print(f"{len(cases) - wrong} of {len(cases)} invented includes judged rightly")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    root = pathlib.Path(__file__).resolve().parent.parent
    table = Table((root / "tests" / "layers.txt").read_text(encoding="utf-8"))
    files = sorted(
        path
        for suffix in ("*.h", "*.cc")
        for path in root.rglob(suffix)
        if not path.relative_to(root).parts[0].startswith(("build", "."))
    )
    if not files:
        print(f"layers: no source files under {root}")
        return 1
    mistakes = [m for path in files for m in check(table, path.relative_to(root).as_posix(), path.read_text(encoding="utf-8", errors="replace"))]
    for mistake in mistakes:
        print(mistake)
    print(f"layers: {len(files)} files, {len(mistakes)} forbidden includes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
