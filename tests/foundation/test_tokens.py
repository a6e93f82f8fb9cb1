import re

from marketplace.foundation.tokens import (
    hash_of,
    new_paper_code,
    new_token,
    plain_code,
)


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _n in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)


def test_paper_code_is_read_however_it_is_written():
    code = new_paper_code()

    assert re.fullmatch(r"(?:[2-9a-z]{4}-){2}[2-9a-z]{4}", code)
    assert plain_code(code.upper().replace("-", " ")) == plain_code(code)


def test_only_the_hash_is_kept():
    assert hash_of("geheim") == hash_of("geheim") != hash_of("Geheim")
    assert len(hash_of("geheim")) == 64
