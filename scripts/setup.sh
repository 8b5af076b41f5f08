#!/bin/sh
# Fill .venv from a lock file. Usage: scripts/setup.sh LOCKFILE   (PYTHON=… picks the interpreter)
# Needs Python 3.11 or newer with pip; pip's own settings (PIP_*, pip.conf) are left as they are.
set -eu
lock=$1
say() { printf '%s\n' "$*" >&2; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
        if new_enough "$name"; then echo "$name"; return; fi
    done
    say "Ruqi needs Python 3.11 or newer and found none. On Debian: apt-get install python3 python3-pip"
    say "If it has another name here: make setup PYTHON=/path/to/python3.11"
    exit 1
}

if ! new_enough .venv/bin/python; then
    python=$(find_python)
    say "making .venv with $("$python" --version)"
    # Debian ships venv without ensurepip; the pip outside can then fill the environment in its place.
    "$python" -m venv --clear .venv >/dev/null 2>&1 || "$python" -m venv --clear --without-pip .venv
fi
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip() { .venv/bin/python -m pip "$@"; }
else
    python=$(find_python)
    "$python" -m pip --version >/dev/null 2>&1 || {
        say "$python has no pip to install with. On Debian: apt-get install python3-pip python3-venv"
        exit 1
    }
    pip() { "$python" -m pip --python .venv/bin/python "$@"; }
fi
say "installing $lock"
export PIP_DISABLE_PIP_VERSION_CHECK=1
pip install -qq --require-hashes --requirement "$lock"
pip install -qq --no-deps --no-build-isolation --editable .
