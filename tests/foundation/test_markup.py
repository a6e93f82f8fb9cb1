import pytest

from marketplace.foundation.markup import html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Titel", "<h2>Titel</h2>\n"),
        ("## Titel", "<h2>Titel</h2>\n"),
        ("#### Titel", "<h3>Titel</h3>\n"),
        ("- eins\n- zwei", "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"),
        ("**fett** *schräg*", "<p><strong>fett</strong> <em>schräg</em></p>\n"),
        (
            "[Wort](https://a.example)",
            '<p><a href="https://a.example" rel="noopener">Wort</a></p>\n',
        ),
        (
            "[hier](/praktika)",
            '<p><a href="/praktika" rel="noopener">hier</a></p>\n',
        ),
        ("`code`", "<p>`code`</p>\n"),
        ("![Bild](https://a.example/x.png)", "<p>Bild</p>\n"),
        ("ä & <b>", "<p>ä &amp; &lt;b&gt;</p>\n"),
    ],
)
def test_a_few_signs_become_html(text, html):
    assert html_of(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<svg/onload=alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "![x](javascript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
    ],
)
def test_nothing_in_a_text_can_act(text):
    html = html_of(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert '<a href="javascript' not in html.lower()
    assert 'href="data' not in html
    assert 'href="vbscript' not in html
    assert " onmouseover" not in html
