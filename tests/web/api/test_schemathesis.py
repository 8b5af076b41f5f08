"""A stranger's judge: schemathesis tries each operation with what the description allows and with what it forbids."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from ruqi.serve import converse
from storage.engine import open_store
from tests.web.world import World
from usecases.api_tokens import SCOPES, create_token
from web.api.table import OPERATIONS, ROOT


@pytest.fixture(autouse=True)
def other_urllib3(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caldav client brings another urllib3, whose connection pools cannot be counted; nothing here needs it."""
    monkeypatch.setattr("schemathesis.transport.requests._count_opened_connections", lambda _: 0)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API of the sample office with the bureau's token, as its own document describes it."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('api') / 'api.db'}")
    store.create()
    world = World(store, converse)
    world.fill("three-duties")
    world.move_at_once("2026-12-02")
    with world.office.write(world.clock.now()) as desk:
        secret = create_token(desk, world.officer("司法局", "bureau"), SCOPES)
    loaded = schemathesis.openapi.from_asgi("/api/v1/openapi.json", world.app)
    loaded.config.update(headers={"Authorization": f"Bearer {secret}"})
    yield loaded
    store.close()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_does_what_its_description_says(schema: Any, operation: Any, mode: GenerationMode) -> None:  # noqa: ANN401 - the library's schema has no public type
    described = schema[f"{ROOT}{operation.path}"][operation.method]
    if mode is GenerationMode.NEGATIVE and not (described.query or described.body or described.path_parameters):
        return  # nothing to be wrong

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=described.as_strategy(generation_mode=mode))
    def tried(case: Any) -> None:  # noqa: ANN401 - as above
        case.call_and_validate(checks=CHECKS.get_all())

    tried()
