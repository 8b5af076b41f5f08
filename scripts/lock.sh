#!/bin/sh
# Write the lock files anew: versions and hashes, no address of any registry. Usage: scripts/lock.sh [uv's own options…]
# e.g. `--upgrade-package NAME`; without options everything moves to the newest version pyproject.toml allows.
set -eu
command -v "${UV:=uv}" >/dev/null || { echo "this needs uv: pip install uv, or make lock UV=/path/to/uv" >&2; exit 1; }
[ $# -gt 0 ] || set -- --upgrade
compile() {
    out=$1; shift
    "$UV" pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" \
        --extra reader --group build "$@" --output-file "$out" pyproject.toml
    if grep -n '//' "$out"; then echo "$out must not hold an address" >&2; exit 1; fi
}
chats="--extra dingtalk --extra feishu --extra wecom --extra notify"
# shellcheck disable=SC2086 # one word per option
compile requirements-dev.lock --group dev $chats --extra caldav "$@"
# The run lock follows the dev lock: what runs in an office is what the tests ran.
compile requirements.lock --constraint requirements-dev.lock --upgrade
# shellcheck disable=SC2086
compile requirements-chats.lock $chats --constraint requirements-dev.lock --upgrade
compile requirements-caldav.lock --extra caldav --constraint requirements-dev.lock --upgrade
