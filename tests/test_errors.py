"""Errors: the system's reasons in the user's words, and the place that an error is about."""

import errno

import pytest

from desktop.errors import BadPackage, NotFound, about, reason_of


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EISDIR])
def test_what_the_system_says_is_said_in_chinese(number):
    assert not reason_of(OSError(number, "No such thing")).isascii()


def test_an_own_reason_and_one_that_is_unknown_are_kept():
    assert reason_of(OSError(0, "写入后读回的内容不一致")) == "写入后读回的内容不一致"
    assert reason_of(OSError(errno.ELOOP, "Too many links")) == "Too many links"
    assert reason_of(OSError("short")) == "short"


def test_an_error_names_the_file_that_it_is_about_unless_it_names_a_place_itself():
    with pytest.raises(BadPackage) as found, about("U盘/上报.wrpack"):
        raise BadPackage("坏了。")
    assert found.value.as_dict() == {"code": "bad_package", "message": "坏了。", "where": "U盘/上报.wrpack"}
    with pytest.raises(NotFound) as named, about("U盘/上报.wrpack"):
        raise NotFound("没有。", "name")
    assert named.value.where == "name"
    with pytest.raises(ValueError, match="other"), about("U盘"):
        raise ValueError("other")
