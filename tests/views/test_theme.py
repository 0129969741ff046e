"""The look: contrast of every text pair, both themes, print sizes, icons that can be drawn."""

from itertools import product
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon

from desktop.paths import resource_folder
from desktop.views import icons, theme
from desktop.views.icons import Button, IconButton, StatusIcon

ICONS = sorted((resource_folder() / "icons").glob("*.svg"))


def luminance(color):
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in QColor(color).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_pair_meets_the_contrast(tokens):
    pairs = list(product((tokens.text, tokens.quiet), (tokens.window, tokens.surface, tokens.hover, tokens.selected)))
    pairs += [
        (color, ground)
        for color in (tokens.passed, tokens.warn, tokens.fail, tokens.missing, tokens.focus)
        for ground in (tokens.window, tokens.surface)
    ]
    pairs += [(tokens.accent, tokens.surface), (tokens.on_accent, tokens.accent)]
    pairs += [
        (tokens.text, tint) for tint in (tokens.passed_tint, tokens.warn_tint, tokens.fail_tint, tokens.missing_tint)
    ]
    pairs += [(tokens.passed, tokens.passed_tint), (tokens.warn, tokens.warn_tint), (tokens.fail, tokens.fail_tint)]
    assert {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize(("dark", "large"), list(product((False, True), repeat=2)))
def test_the_look_can_be_changed_while_running(qapp, qtbot, dark, large):
    button, status = Button("导出", "export"), StatusIcon("fail")
    for widget in (button, status):
        qtbot.addWidget(widget)
    try:
        theme.apply(qapp, dark=dark, large=large)
        assert theme.tokens() is (theme.DARK if dark else theme.LIGHT)
        assert qapp.font().pixelSize() == (18 if large else 14)
        assert theme.px(36) == (46 if large else 36)
        image = button.icon().pixmap(button.iconSize()).toImage()
        colors = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert theme.tokens().text.lower() in colors
    finally:
        theme.apply(qapp)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_are_drawn_in_one_manner(path):
    root = ElementTree.parse(path).getroot()
    if path.stem == "workroom-desk":
        return
    assert root.get("viewBox") == "0 0 20 20"
    assert path.stem.startswith("control-") or (root.get("stroke"), root.get("stroke-width")) == ("currentColor", "1.5")


def test_an_icon_takes_the_colour_it_is_given(qapp):
    image = icons.pixmap("add", "#123456", 20, 2.0).toImage()
    assert image.width() == 40
    assert image.pixelColor(20, 20).name() == "#123456"


def test_a_status_is_icon_word_and_colour(qtbot):
    assert set(icons.STATUS_ICONS) == set(icons.STATUS_WORDS) == set(theme.STATUS_TOKENS)
    shown = StatusIcon("warn")
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "提示"
    assert not shown.pixmap().isNull()


def test_an_icon_alone_has_a_name(qtbot):
    button = IconButton("delete", "删除", "Ctrl+D")
    qtbot.addWidget(button)
    assert button.accessibleName() == "删除"
    assert "Ctrl+D" in button.toolTip()
    button.set_icon("add", "添加")
    assert button.accessibleName() == "添加"


@pytest.mark.parametrize("role", ["", "primary", "link"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_icon_of_a_disabled_button_is_seen_as_its_words_are(qapp, qtbot, role, dark):
    theme.apply(qapp, dark=dark)
    try:
        button = Button("全部导入", "import", role)
        qtbot.addWidget(button)
        button.setEnabled(False)
        image = button.icon().pixmap(20, QIcon.Mode.Disabled).toImage()
        drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        solid = {color.name() for color in drawn if color.alpha() == 255}
        assert solid == {theme.tokens().quiet.lower()}
    finally:
        theme.apply(qapp)
