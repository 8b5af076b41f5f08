"""The unit, the image, the composition and the proxy keep their rules; read as texts, no daemon runs."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
MOST_EXPOSED = 2.0
UNIT = (DEPLOY / "ruqi.service").read_text(encoding="utf-8")
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PROXY = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
COMPOSED: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
NEEDED = {
    "DynamicUser": "yes",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "MemoryDenyWriteExecute": "yes",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "UMask": "0077",
    "Restart": "always",
    "StateDirectoryMode": "0700",
}


@pytest.mark.parametrize("name", NEEDED)
def test_the_unit_keeps_each_rule(name: str) -> None:
    assert re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE) == [NEEDED[name]]


def test_systemd_itself_finds_the_unit_little_exposed() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    command: list[str | Path] = [program, "security", "--offline=true", "--no-pager", DEPLOY / "ruqi.service"]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout
    found = re.search(r"Overall exposure level for ruqi\.service: ([\d.]+)", said)
    assert found, said
    assert float(found[1]) <= MOST_EXPOSED


def test_no_secret_is_in_any_of_them() -> None:
    for path in (*DEPLOY.iterdir(), ROOT / "Dockerfile"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\d{6,}:[\w-]{30,}|(?i:password|token|secret)\s*[=:]\s*[\"']?\w{8,}", text), path.name


def test_the_image_is_pinned_not_root_and_watched() -> None:
    bases = re.findall(r"^FROM (\S+)", IMAGE, re.MULTILINE)
    assert bases
    assert all(re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", base) for base in bases)
    last = IMAGE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["10001:10001"]
    assert "fonts-noto-cjk" in last, "the weekly picture needs it"
    assert "HEALTHCHECK" in last
    assert "/readyz" in last
    assert "--require-hashes" in IMAGE
    assert "--only-binary" in IMAGE
    assert "index-url" not in IMAGE
    assert not re.search(r"^(ARG|ENV).*(TOKEN|PASSWORD|SECRET)", IMAGE, re.MULTILINE)


def test_the_image_gets_every_room_and_nothing_else() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", IMAGE, re.MULTILINE))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert copied == rooms
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert rooms <= let_in
    assert not let_in & {".env", ".git", "data", "tests"}
    assert all((ROOT / name).exists() for name in let_in)


def test_the_composition_gives_ruqi_nothing_it_does_not_need() -> None:
    service = COMPOSED["services"]["ruqi"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"] == "10001:10001"
    assert service["volumes"] == ["data:/data"]
    assert "ports" not in service
    assert "ports" not in COMPOSED["services"]["database"]
    assert COMPOSED["networks"]["inside"]["internal"] is True
    assert COMPOSED["services"]["database"]["networks"] == ["inside"]
    for one in COMPOSED["services"].values():
        assert re.fullmatch(r"ruqi:local|\w+:\d+\.\d+(\.\d+)?-\w+", one["image"])


def test_the_proxy_logs_no_address_that_opens_something_and_has_limits() -> None:
    assert "$request " not in PROXY
    assert "$request_uri" not in re.findall(r"log_format safe '(.*)';", PROXY)[0]
    assert re.findall(r"access_log \S+ (\w+);", PROXY) == ["safe"]
    for limit in ("client_max_body_size", "client_header_timeout", "client_body_timeout", "limit_conn", "limit_req"):
        assert f"{limit} " in PROXY, limit
    assert "deny all" in PROXY
