import json

import pytest

from devtools.naming import NAMES, forget_names, name_by_content


@pytest.fixture
def built(tmp_path):
    folder = tmp_path / "built"
    (folder / "fonts").mkdir(parents=True)
    (folder / "fonts" / "sans.woff2").write_bytes(b"letters")
    (folder / "site.css").write_text('src: url("fonts/sans.woff2")')
    (folder / "site.js").write_text("go()")
    (folder / "icons.svg").write_text("<svg/>")
    return folder


def names_in(built):
    return json.loads((built / NAMES).read_text())


def test_names_tell_the_content(built):
    name_by_content(built.parent, built)
    first = names_in(built)
    (built / "site.js").write_text("go(further)")

    name_by_content(built.parent, built)

    second = names_in(built)
    things = ["built/site.css", "built/site.js", "built/icons.svg"]
    assert list(first) == ["built/fonts/sans.woff2", *things]
    changed = {name for name in first if first[name] != second[name]}
    assert changed == {"built/site.js"}
    assert not (built.parent / first["built/site.js"]).exists()


def test_styles_ask_for_the_typefaces_by_their_new_names(built):
    name_by_content(built.parent, built)

    [font] = built.glob("fonts/sans-*.woff2")
    styles = (built.parent / names_in(built)["built/site.css"]).read_text()
    assert styles == f'src: url("fonts/{font.name}")'


def test_forgotten_names_leave_what_was_built(built):
    name_by_content(built.parent, built)
    (built / "site.css.br").write_bytes(b"old")

    forget_names(built)

    left = sorted(file.name for file in built.rglob("*.*"))
    assert left == ["icons.svg", "sans.woff2", "site.css", "site.js"]
