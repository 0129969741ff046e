"""The stylesheet: every rule's text can be read on its ground in both themes, every name in it stands for something."""

import re
from dataclasses import asdict, fields
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop.paths import resource_folder
from desktop.views import theme
from desktop.views.stylesheet import STYLESHEET
from tests.views.test_theme import contrast

THEMES = {"light": theme.LIGHT, "dark": theme.DARK}
# Rules written as selector → {property: value}, a selector that is named twice joined.
RULES: dict[str, dict[str, str]] = {}
for _selectors, _body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLESHEET):
    _pairs = dict(part.split(":", 1) for part in _body.split(";") if ":" in part)
    for _selector in _selectors.split(","):
        RULES.setdefault(_selector.strip(), {}).update({key.strip(): value.strip() for key, value in _pairs.items()})
STATES = re.compile(r":(hover|focus|pressed|checked|disabled|selected|read-only)$")


def plain(selector):
    """Return the selector without its state."""
    return STATES.sub("", selector)


def chain(selector):
    """Return the rules that a selector's widget takes its look from, the nearest first."""
    bare = plain(selector)
    return [selector, bare, re.sub(r"\[[^]]*\]", "", bare), "QWidget"]


def token(selector, name):
    """Return the token a selector takes for a property, and "" when it is see-through or not said."""
    for rule in chain(selector):
        value = RULES.get(rule, {}).get(name, "")
        if value:
            return value.removeprefix("$") if value.startswith("$") else ""
    return ""


def pairs():
    """Yield every (selector, text, ground) that the stylesheet puts together."""
    for selector, rule in RULES.items():
        if "color" not in rule and "background" not in rule:
            continue
        ground = token(selector, "background")
        text = token(selector, "color") or "text"
        if any(part in selector for part in ("::handle", "::chunk", "::indicator", 'role="rule"', "QProgressBar")):
            continue
        for under in [ground] if ground else ["window", "surface"]:
            yield selector, text, under
        chosen = (rule.get("selection-color"), rule.get("selection-background-color"))
        if all(chosen):
            yield selector, chosen[0].removeprefix("$"), chosen[1].removeprefix("$")


def test_the_rules_were_understood():
    assert len(RULES) > 100
    assert token('QPushButton[role="primary"]:hover', "color") == "on_accent"
    assert ("QTabBar::tab:selected", "accent", "window") in set(pairs())


@pytest.mark.parametrize("tokens", list(THEMES.values()), ids=THEMES)
def test_all_text_can_be_read_where_the_stylesheet_puts_it(tokens):
    colors = asdict(tokens)
    told = {
        (selector, text, ground): round(contrast(colors[text], colors[ground]), 2) for selector, text, ground in pairs()
    }
    assert {pair: ratio for pair, ratio in told.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", list(THEMES.values()), ids=THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent", "hover"),
        ("accent", "window"),
        ("focus", "hover"),
        ("text", "line"),
        ("quiet", "line"),
        ("quiet", "missing_tint"),
        ("missing", "missing_tint"),
        ("focus", "selected"),
        ("quiet", "passed_tint"),
        ("quiet", "warn_tint"),
        ("quiet", "fail_tint"),
        ("surface", "focus"),
    ],
)
def test_text_can_be_read_where_states_meet(tokens, text, ground):
    colors = asdict(tokens)
    assert contrast(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("tokens", list(THEMES.values()), ids=THEMES)
def test_the_focus_can_be_seen_on_every_ground(tokens):
    for ground in (tokens.window, tokens.surface, tokens.hover, tokens.selected):
        assert contrast(tokens.focus, ground) >= 3


@pytest.mark.parametrize("tokens", list(THEMES.values()), ids=THEMES)
def test_pass_warn_and_fail_are_told_apart(tokens):
    colors = [tokens.passed, tokens.warn, tokens.fail]
    hues = [QColor(color).hsvHue() for color in colors]
    assert min(abs(one - other) for one, other in product(hues, repeat=2) if one != other) > 15
    assert len(set(hues)) == 3


def test_every_name_in_the_template_stands_for_something():
    known = {item.name for item in fields(theme.Tokens)} | {"icons", "tick"}
    used = set(re.findall(r"\$([a-z_]+)\b", STYLESHEET))
    assert {name for name in used if not re.fullmatch(r"p\d*", name)} <= known


@pytest.mark.parametrize(("dark", "large"), list(product((False, True), repeat=2)))
def test_nothing_is_left_open_and_pictures_are_there(dark, large):
    made = theme.stylesheet(THEMES["dark" if dark else "light"], dark=dark, large=large)
    assert "$" not in made
    assert made.count("{") == made.count("}") == STYLESHEET.count("}")
    images = re.findall(r"url\(([^)]+)\)", made)
    assert images
    for image in images:
        assert image.startswith(resource_folder().as_posix())
        assert (resource_folder() / "icons" / image.rsplit("/", 1)[1]).is_file()


def test_large_print_enlarges_every_size_alike():
    small, large = (theme.stylesheet(theme.LIGHT, dark=False, large=size) for size in (False, True))
    sizes = [[int(size) for size in re.findall(r"font-size: (\d+)px", made)] for made in (small, large)]
    assert len(sizes[0]) == len(sizes[1]) > 4
    for one, other in zip(*sizes, strict=True):
        assert other == round(one * theme.LARGE_PRINT)


@pytest.mark.parametrize("tokens", list(THEMES.values()), ids=THEMES)
def test_the_palette_says_what_the_stylesheet_says(tokens):
    made = theme.palette(tokens)
    for role, color in (
        (QPalette.ColorRole.Window, tokens.window),
        (QPalette.ColorRole.Base, tokens.surface),
        (QPalette.ColorRole.Text, tokens.text),
        (QPalette.ColorRole.PlaceholderText, tokens.quiet),
        (QPalette.ColorRole.Link, tokens.focus),
    ):
        assert made.color(role).name().upper() == color
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert contrast(disabled, QColor(tokens.window)) >= 4.5


def test_a_role_given_again_is_not_polished_again(qtbot):
    label = theme.label("甲", "quiet")
    qtbot.addWidget(label)
    theme.set_role(label, "fail")
    assert label.property("role") == "fail"
    before = label.palette().cacheKey()
    theme.set_role(label, "fail")
    assert label.palette().cacheKey() == before


def test_labels_never_read_their_words_as_markup(qtbot):
    label = theme.label("<b>甲</b>")
    qtbot.addWidget(label)
    label.show()
    assert label.textFormat().name == "PlainText"
    assert label.sizeHint().width() > theme.label("甲").sizeHint().width() * 2


@pytest.mark.parametrize("control", ["QPushButton", "QToolButton", "QCheckBox", "QRadioButton"])
def test_the_focus_is_shown_by_a_ring_and_no_second_frame_within(control):
    """The style draws its own dotted frame around the words once keys are used, unless it is told not to."""
    assert RULES[control]["outline"] == "none"
    assert any(selector.startswith(control) and ":focus" in selector for selector in RULES)
