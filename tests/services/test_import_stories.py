"""A preview tells what an import does; the last import is taken back exactly, an earlier one sparing later edits."""

import pytest

from tests.services import import_stories


@pytest.mark.parametrize("seed", [1, 2])
def test_previews_tell_the_outcome_and_imports_are_taken_back(tmp_path, seed):
    (tmp_path / "offices").mkdir()
    found = import_stories.run(tmp_path / "offices", seed, histories=2, steps=20)
    assert found.previews > 10
    assert found.last > 2
    assert found.earlier > 0
