"""Telegram's HTML: entities in UTF-16 units, and refusals in its own words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import entities, html
from bot.sandbox.errors import ApiError


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def read(source: str) -> tuple[str, list[dict[str, Any]]]:
    return entities.finish(*html.parse(source))


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("plain &lt;b&gt; &amp; &quot;x&quot;", 'plain <b> & "x"', []),
        ("&nbsp; &#65;&#x42; &#99999999;", "&nbsp; AB &#99999999;", []),
        ("a & b &", "a & b &", []),
        ("<b>tebal</b> <i>miring</i>", "tebal miring", [entity("bold", 0, 5), entity("italic", 6, 6)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ("<del>a</del>", "a", [entity("strikethrough", 0, 1)]),
        ("<b>a <i>b</i></b>", "a b", [entity("bold", 0, 3), entity("italic", 2, 1)]),
        ("😀 <b>x</b>", "😀 x", [entity("bold", 3, 1)]),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ('<a href="https://contoh.id/x">a</a>', "a", [entity("text_link", 0, 1, url="https://contoh.id/x")]),
        ("<a href='contoh.id'>a</a>", "a", [entity("text_link", 0, 1, url="http://contoh.id/")]),
        ('<a href="http://localhost/x">a</a>', "a", []),
        ("<code>/x</code>", "/x", [entity("code", 0, 2)]),
        ("<pre>a\nb</pre>", "a\nb", [entity("pre", 0, 3)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [entity("pre", 0, 1, language="python")]),
        ("<pre><code>a</code></pre>", "a", [entity("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="42">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="42")]),
        ("  \n<b> dua </b>\n\n", "dua", [entity("bold", 0, 3)]),
        (
            "/lapor @ani_arsip #arsip https://contoh.id.",
            "/lapor @ani_arsip #arsip https://contoh.id.",
            [entity("bot_command", 0, 6), entity("mention", 7, 10), entity("hashtag", 18, 6), entity("url", 25, 17)],
        ),
        ("10/12 dan a/b", "10/12 dan a/b", []),
    ],
)
def test_what_the_tags_become(source: str, text: str, found: list[dict[str, Any]]) -> None:
    assert read(source) == (text, found)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a <x>", 'Unsupported start tag "x" at byte offset 2'),
        ("é <unit>", 'Unsupported start tag "unit" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<3", "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
def test_what_is_refused(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        html.parse(source)
    assert refused.value.body() == {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: can't parse entities: {words}",
    }


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


LETTERS = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=60)


@given(LETTERS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert html.parse(escape(text)) == (text, [])


@given(LETTERS, LETTERS, LETTERS)
def test_offsets_cut_the_text_in_utf16(before: str, inside: str, after: str) -> None:
    text, found = html.parse(f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}")
    wide = text.encode("utf-16-le")
    cut = [wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in found]
    assert cut == ([inside] if inside else [])


@given(st.text(alphabet="<>/&;abi ='\"-\n😀", max_size=40))
def test_anything_is_read_or_refused(source: str) -> None:
    try:
        text, found = read(source)
    except ApiError as refused:
        text, found = refused.description, []
    assert text == text.strip()
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= entities.units(text) for e in found)


def test_entities_after_the_hundredth_are_dropped() -> None:
    text, found = read("<b>a</b> " * 120)
    assert (len(found), found[-1]) == (100, entity("bold", 198, 1))
    assert text.startswith("a a a")
