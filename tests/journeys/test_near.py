"""What only works with a script: one's own place, arrow keys, a swipe."""

from playwright.sync_api import expect

from tests.journeys.stage import PHONE, SCRIPTED

pytestmark = [PHONE, SCRIPTED]

ASKED = """() => {
  const real = navigator.geolocation.getCurrentPosition;
  window.asked = 0;
  navigator.geolocation.getCurrentPosition = (...rest) => {
    window.asked += 1;
    real.apply(navigator.geolocation, rest);
  };
}"""
SWIPE = """([from, to]) => {
  const card = document.querySelector("[data-browse]");
  const touch = (x) =>
    new Touch({ identifier: 1, target: card, clientX: x, clientY: 300 });
  const send = (kind, x, isOver) => {
    const touches = isOver ? [] : [touch(x)];
    const told = { touches, changedTouches: [touch(x)], bubbles: true };
    card.dispatchEvent(new TouchEvent(kind, told));
  };
  send("touchstart", from, false);
  send("touchend", to, true);
}"""


def test_own_place_is_asked_for_on_a_press_alone(visitor):
    mila = visitor()
    mila.context.grant_permissions(["geolocation"])
    mila.context.set_geolocation({"latitude": 50.9271, "longitude": 11.5892})
    mila.context.add_init_script(f"({ASKED})()")
    sent = []
    mila.page.on("request", lambda request: sent.append(request.url))

    mila.go("/praktika")
    mila.page.locator("summary", has_text="Filter").first.click()
    expect(mila.page.get_by_role("button", name="In meiner Nähe")).to_be_visible()
    assert mila.page.evaluate("window.asked") == 0
    mila.press("In meiner Nähe")

    mila.heads("Praktika rund um Jena")
    [question] = [url for url in sent if "nahe=" in url]
    assert question.endswith("/orte?nahe=50.93,11.59")


def test_who_does_not_tell_her_place_reads_on(visitor):
    mila = visitor()
    mila.go("/praktika")
    mila.page.locator("summary", has_text="Filter").first.click()
    mila.press("In meiner Nähe")

    expect(mila.page.locator("[data-near-me-lost]").first).to_be_visible()


def test_cards_go_by_arrow_keys_and_by_a_swipe(visitor):
    mila = visitor()
    mila.go("/stoebern?ort=Leipzig")
    title = mila.page.locator(".browse h2")
    first = title.inner_text()

    mila.page.keyboard.press("ArrowLeft")
    expect(title).not_to_have_text(first)
    second = title.inner_text()
    mila.page.evaluate(SWIPE, [300, 270])  # too short for a swipe
    expect(title).to_have_text(second)
    with mila.page.expect_navigation():
        mila.page.evaluate(SWIPE, [300, 100])
    expect(title).not_to_have_text(second)
    third = title.inner_text()
    mila.page.keyboard.press("ArrowRight")
    mila.reads("Ein Praktikum gefällt dir", third)
    assert first not in mila.page.locator("main").inner_text()
