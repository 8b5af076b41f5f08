#!/bin/sh
# Ask for known weaknesses of what is locked. Where pip-audit or its service is out of reach, say so and go on.
# A finding fails, unless it stands in scripts/pip-audit-known.txt with its reason (one id a line, then words).
set -u
cd "$(dirname "$0")/.."
audit=.venv/bin/pip-audit
[ -x "$audit" ] || audit=$(command -v pip-audit || true)
[ -n "$audit" ] || { echo "pip-audit: skipped, it is not installed (pip install pip-audit)"; exit 0; }
known=$(sed -n 's/^\([A-Z]*-[A-Za-z0-9-]*\).*/--ignore-vuln \1/p' scripts/pip-audit-known.txt 2>/dev/null)
# shellcheck disable=SC2086 # one word per option
said=$(timeout 60 "$audit" --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off --timeout 5 $known 2>&1)
code=$?
if printf '%s' "$said" | grep -q "known vulnerabilit.* in\|^Found [0-9]"; then
    printf '%s\n' "$said"
    exit 1
fi
unseen=$(printf '%s\n' "$said" | grep -c "could not be audited")
locked=$(grep -c '^[A-Za-z0-9][A-Za-z0-9._-]*==' requirements.lock)
if [ "$code" -ne 0 ] || [ "$unseen" -ge "$locked" ]; then
    echo "pip-audit: skipped, its service cannot be reached from here"
elif [ "$unseen" -gt 0 ]; then
    echo "pip-audit: nothing known; $unseen of $locked packages could not be looked up"
else
    echo "pip-audit: nothing known against the $locked packages that are locked"
fi
