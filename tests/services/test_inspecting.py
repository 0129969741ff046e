"""Inspecting papers: ours pass, others are measured, what cannot be read is said in words."""

import pytest

from desktop.errors import BadInput
from desktop.services import document, inspecting
from tests.documents.form_samples import full
from tests.documents.samples import sample


def test_our_papers_pass_in_both_formats(tmp_path):
    for form in ("pdf", "docx"):
        file = tmp_path / f"a.{form}"
        file.write_bytes(document.render("notice", sample("notice"), form))
        found = inspecting.inspect(file)
        assert found["failed"] == found["warned"] == 0
        assert found["passed"] == len(found["checks"]) > 15
        assert set(found["checks"][0]) == {"clause", "title", "found", "required", "status", "page"}


def test_forms_are_measured_too(tmp_path):
    file = tmp_path / "form.PDF"
    file.write_bytes(document.render("budget", full(document.KINDS["budget"].fields), "pdf"))
    assert inspecting.inspect(file)["failed"] == 0


def test_what_cannot_be_measured(tmp_path):
    with pytest.raises(BadInput, match=r"\.pdf 和 \.docx"):
        inspecting.inspect(tmp_path / "a.wps")
    with pytest.raises(BadInput, match="打不开"):
        inspecting.inspect(tmp_path / "none.pdf")
    (tmp_path / "bad.pdf").write_bytes(b"hello")
    with pytest.raises(BadInput):
        inspecting.inspect(tmp_path / "bad.pdf")
