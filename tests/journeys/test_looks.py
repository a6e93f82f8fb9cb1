"""What a style has to keep on a phone in the dark."""

from tests.journeys.stage import PHONE, SCRIPTED

pytestmark = [PHONE, SCRIPTED]

# The words of the names that stand on two lines.
TORN = """() => [...document.querySelectorAll(".facts dt")].flatMap((name) => {
  const text = name.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter((word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map((word) => word[0]);
})"""
COLOURS = """box => {
  const style = getComputedStyle(box), probe = document.createElement("i");
  probe.style.color = "var(--surface)";
  document.body.append(probe);
  return [style.appearance, style.backgroundColor, getComputedStyle(probe).color];
}"""


def test_an_empty_box_has_the_ground_of_the_page_in_the_dark(visitor):
    mila = visitor()
    mila.page.emulate_media(color_scheme="dark")
    mila.go("/praktika")
    mila.unfold("Filter")

    box = mila.page.locator(".choice [type=checkbox]:not(:checked)").first
    look, ground, surface = box.evaluate(COLOURS)

    assert (look, ground) == ("none", surface)
    assert ground == "rgb(23, 28, 58)"


def test_names_of_facts_are_not_torn(visitor):
    mila = visitor()
    mila.go("/praktika")
    mila.page.locator(".cards h3 a").first.click()
    mila.page.wait_for_load_state()

    names = mila.page.locator(".facts dt")
    names.first.evaluate("name => { name.textContent = 'Unfallversicherung'; }")

    assert names.count() > 1
    assert mila.page.evaluate(TORN) == []
