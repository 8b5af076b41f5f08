#!/bin/sh
# Install the Debian packages that the tests use and this machine lacks: a browser, its fonts, PostgreSQL, libical.
# Without root or apt-get it only says what is missing; the tests that need it are then skipped with that reason.
set -eu
missing=
need() { # PACKAGE FILE-PATTERN…: the package is there when one of the patterns matches a file
    package=$1; shift
    for file in "$@"; do [ -e "$file" ] && return; done
    missing="$missing $package"
}
need chromium /usr/bin/chromium
need fonts-noto-cjk /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
need fonts-noto-color-emoji /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf
need postgresql /usr/lib/postgresql/*/bin/initdb
need libical3 /usr/lib/*/libical.so.3 /usr/lib/libical.so.3
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed here, so some tests will be skipped:$missing" >&2
    exit 0
fi
echo "installing for the tests:$missing" >&2
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # one word per package
if { apt-get update && apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
    rm -f "$log"
else
    echo "could not install them; the end of what apt-get said, in full in $log:" >&2
    tail -5 "$log" >&2
fi
