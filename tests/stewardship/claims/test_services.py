import io
from datetime import timedelta

import pytest
from PIL import Image

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import (
    CheckWay,
    ContactWay,
    OrganisationState,
)
from marketplace.people.organisations.models import Invitation, Picture, Product
from marketplace.people.organisations.rules import is_owner
from marketplace.people.organisations.services.describing import (
    OrganisationEntry,
    revise_organisation,
)
from marketplace.people.organisations.services.inviting import accept
from marketplace.people.organisations.services.products import (
    ProductEntry,
    add_product,
    show_logo,
)
from marketplace.people.organisations.services.verifying import (
    note_check,
    verify_organisation,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.postings.lives.queries import hints, posting_by_key, successor_of
from marketplace.postings.offers.models import Offer
from marketplace.region.topics.enums import Topic
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.queries import Figures, figures, letter_with
from marketplace.stewardship.claims.services.claiming import (
    ask_for_claim,
    claim_with_letter,
    grant_claim,
    refuse_claim,
    undo_claim,
)
from marketplace.stewardship.claims.services.lettering import (
    MOST_FAILURES,
    opened_letter,
    print_letters,
)
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.claims import (
    ADDRESS,
    letter_of,
    mailed_link,
    make_named,
    printed_code,
    with_hints,
)
from tests.factories.invitations import make_invitation, token_of
from tests.factories.people import (
    make_coordinator,
    make_member,
    make_organisation,
    make_user,
)
from tests.factories.postings import make_offer
from tests.moments import NOON
from tests.papers import Paper

HERE = "203.0.113.7"


def png():
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "navy").save(file, "PNG")
    return file.getvalue()


def found(words):
    return db.session.scalars(matching_ids("organisation", words)).all()


def claimed(organisation, code=None):
    """Takes an organisation over with the code of a letter."""
    user = make_user()
    letter = letter_with(code or printed_code(organisation))
    with transaction():
        return claim_with_letter(letter, actor=user, at=NOON)


def asked(hint, claimant=None):
    user = make_user()
    claimant = claimant or make_organisation(user)
    actor = claimant.memberships[0].user
    with transaction():
        return ask_for_claim(hint, claimant, actor=actor, at=NOON)


def draft_of(hint):
    model = type(hint)
    query = db.select(model).where(model.public_id == hint.successor_key)
    return db.session.scalars(query).one()


def publish(draft):
    with transaction():
        draft.state, draft.published_at = PostingState.PUBLISHED, NOON


def test_letter_names_whom_it_goes_to_what_is_known_and_the_code(app):
    organisation = make_named("Sternwarte Eulenkuppe")
    with_hints(organisation, offers=9, internships=0)
    with transaction():
        organisation.sites[0].street = "Eulenweg 3"
        content = print_letters(
            [organisation], address=ADDRESS, actor=make_coordinator(), at=NOON
        )

    paper = Paper(content)

    assert (paper.page_count, paper.is_tagged) == (1, True)
    assert paper.title == "Briefe zur Übernahme"
    for words in (
        "Sternwarte Eulenkuppe\nEulenweg 3\n07743 Jena",
        "Abend 7",
        "und 1 weitere.",
        "localhost/uebernehmen",
        "Der Code gilt bis 21.02.2027",
    ):
        assert words in paper.text
    assert "Abend 8" not in paper.text


def test_each_letter_has_its_own_page_and_code(app):
    first, second = printed_code(make_named("Eins"), make_named("Zwei"))

    assert letter_with(first).organisation.name == "Eins"
    assert letter_with(second.upper().replace("-", " ")).organisation.name == "Zwei"


def test_code_is_kept_only_as_its_hash(app):
    organisation = make_named()
    code = printed_code(organisation)

    stored = {str(value) for value in vars(letter_of(organisation)).values()}

    assert not stored & {code, code.replace("-", "")}


def test_nobody_is_written_to_who_has_people(app):
    with pytest.raises(Refusal, match="eigene Leute"):
        printed_code(make_organisation())


def test_at_least_one_letter_is_printed(app):
    with pytest.raises(Refusal, match="zwischen 1 und 50"):
        printed_code()


def test_code_makes_an_owner_and_drafts(app, outbox):
    office = make_coordinator()
    organisation = make_named()
    offer, internship = with_hints(organisation)

    claim = claimed(organisation)

    assert organisation.state is OrganisationState.REGISTERED
    assert is_owner(claim.user, organisation)
    assert [c.way for c in organisation.checks] == [CheckWay.CLAIM_CODE]
    assert (office.email, "organisation_registered") in outbox()
    drafts = [draft_of(offer), draft_of(internship)]
    assert [d.title for d in drafts] == [offer.title, internship.title]
    assert {(d.state, d.source, d.organisation) for d in drafts} == {
        (PostingState.DRAFT, "", organisation)
    }
    assert drafts[0].topics == offer.topics
    assert drafts[1].place_name == "Jena"


def test_draft_is_at_the_site_in_its_town_which_is_added_where_there_is_none(app):
    organisation = make_named()
    offer, internship = with_hints(organisation)
    [seat] = organisation.sites
    with transaction():
        offer.place_name, offer.lat, offer.lon = "Apolda", 51.0262, 11.5147

    claimed(organisation)

    drafts = [draft_of(offer), draft_of(internship)]
    added = drafts[0].site
    assert [draft.site.place_name for draft in drafts] == ["Apolda", "Jena"]
    assert drafts[1].site is seat
    assert (added.lat, added.lon, added.radius_km) == (51.0262, 11.5147, None)
    assert set(organisation.sites) == {seat, added}


def test_draft_of_a_hint_without_coordinates_is_at_no_site(app):
    organisation = make_named()
    [offer] = with_hints(organisation, internships=0)
    with transaction():
        offer.lat = offer.lon = None

    claimed(organisation)

    assert draft_of(offer).site is None
    assert len(organisation.sites) == 1


def test_code_is_good_once(app):
    organisation = make_named()
    code = printed_code(organisation)
    claimed(organisation, code)

    with pytest.raises(Refusal, match="schon jemand"):
        claimed(organisation, code)


def test_code_is_good_for_ninety_days(app):
    organisation = make_named()
    code = printed_code(organisation, at=NOON - timedelta(days=91))

    with pytest.raises(Refusal, match="gilt nicht mehr"):
        claimed(organisation, code)


def test_code_needs_the_account_of_an_organisation(app):
    letter = letter_with(printed_code(make_named()))

    with pytest.raises(Refusal, match="Konto einer Organisation"):
        claim_with_letter(letter, actor=make_user(Role.GUARDIAN), at=NOON)


def test_link_of_a_mail_does_what_a_code_does(app):
    organisation = make_named()
    secret = mailed_link(organisation)

    with transaction():
        letter = opened_letter(secret, came_from=HERE, at=NOON)
        claim_with_letter(letter, actor=make_user(), at=NOON)

    assert organisation.state is OrganisationState.REGISTERED


def test_guessing_asks_for_patience(app):
    code = printed_code(make_named())
    for _ in range(MOST_FAILURES):
        with transaction():
            assert opened_letter("abcd-efgh-jkmn", came_from=HERE, at=NOON) is None

    with pytest.raises(TooMany):
        opened_letter(code, came_from=HERE, at=NOON)
    assert opened_letter(code, came_from="203.0.113.8", at=NOON)


def test_figures_count_letters_and_organisations(app):
    organisation, other = make_named("Eins"), make_named("Zwei")
    printed_code(other)
    claimed(organisation)
    with transaction():
        opened_letter(mailed_link(other), came_from=HERE, at=NOON)

    counted = figures()

    assert counted == Figures(printed=2, mailed=1, opened=1, written_to=2, claimed=1)
    assert counted.rate == 50


def test_hint_stays_until_its_posting_was_public(app):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    claimed(organisation)

    before = db.session.scalars(hints(Offer)).all()
    publish(draft_of(hint))
    after = db.session.scalars(hints(Offer)).all()

    assert (before, after) == ([hint], [])
    assert successor_of(hint) is draft_of(hint)


def test_request_waits_for_the_office(app, outbox):
    office = make_coordinator()
    [hint] = with_hints(make_named(), internships=0)

    claim = asked(hint)

    assert claim.state is ClaimState.ASKED
    assert hint.successor_key is None
    assert outbox() == [(office.email, "claim_asked")]


def test_same_request_twice_is_one(app):
    [hint] = with_hints(make_named(), internships=0)
    claimant = make_organisation()

    assert asked(hint, claimant) is asked(hint, claimant)


def test_request_needs_a_verified_organisation(app):
    [hint] = with_hints(make_named(), internships=0)
    waiting = make_organisation(state=OrganisationState.REGISTERED)

    with pytest.raises(Refusal, match="geprüften"):
        asked(hint, waiting)


def test_office_grants_and_the_drafts_are_the_claimants(app, outbox):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    claim = asked(hint)

    with transaction():
        grant_claim(claim, actor=make_coordinator(), at=NOON)

    assert draft_of(hint).organisation is claim.claimant
    assert organisation.state is OrganisationState.IMPORTED
    assert (claim.user.email, "claim_granted") in outbox()


def test_of_two_claims_one_is_granted(app):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    first, second = asked(hint), asked(hint)
    code = printed_code(organisation)
    with transaction():
        grant_claim(first, actor=make_coordinator(), at=NOON)

    with pytest.raises(Refusal, match="schon jemand"):
        grant_claim(second, actor=make_coordinator(), at=NOON)
    with pytest.raises(Refusal, match="schon jemand"):
        claimed(organisation, code)


def test_office_refuses_in_words(app, outbox):
    [hint] = with_hints(make_named(), internships=0)
    claim = asked(hint)

    with pytest.raises(Refusal, match="warum"):
        refuse_claim(claim, " ", actor=make_coordinator(), at=NOON)
    with transaction():
        refuse_claim(claim, "Das ist ein anderer Ort.", actor=claim.user, at=NOON)

    assert claim.state is ClaimState.REFUSED
    assert (claim.user.email, "claim_refused") in outbox()


def test_office_undoes_what_was_not_public(app, outbox):
    organisation = make_named()
    offer, internship = with_hints(organisation)
    claim = claimed(organisation)

    with transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)

    assert organisation.state is OrganisationState.IMPORTED
    assert (organisation.memberships, organisation.checks) == ([], [])
    assert (offer.successor_key, internship.successor_key) == (None, None)
    assert db.session.scalars(db.select(Offer)).all() == [offer]
    assert (claim.user.email, "claim_undone") in outbox()


def test_history_of_an_undone_draft_goes_with_it(app):
    organisation = make_named()
    offer, _internship = with_hints(organisation)
    claim = claimed(organisation)
    draft = posting_by_key(Offer, offer.successor_key)
    with transaction():
        words = {"field": "title", "old": "Alt", "new": "Neu"}
        db.session.add(
            PostingChange(
                kind="offer",
                posting_id=draft.id,
                actor_id=claim.user.id,
                at=NOON,
                **words,
            )
        )

    with transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)

    assert db.session.scalars(db.select(PostingChange)).all() == []


def test_what_was_undone_can_be_claimed_again(app):
    organisation = make_named()
    with_hints(organisation)
    claim = claimed(organisation)
    with transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)

    assert claimed(organisation).state is ClaimState.GRANTED


def test_undoing_ends_what_the_claimants_asked(app, outbox):
    organisation, friend = make_named(), make_user()
    claim = claimed(organisation)
    token = token_of(make_invitation(organisation, friend.email, is_owner=True))
    make_invitation(organisation, "wartet@example.org")

    with transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)
    claimed(organisation)

    assert "organisation_invited" not in [letter for _, letter in outbox()]
    assert db.session.query(Invitation).count() == 0
    with pytest.raises(Refusal, match="kennen wir nicht"), transaction():
        accept(token, actor=friend, at=NOON)
    assert len(organisation.memberships) == 1


def test_undoing_wipes_what_the_claimants_told(app):
    organisation = make_named()
    claim = claimed(organisation)
    entry = OrganisationEntry(
        name=organisation.name,
        kinds=organisation.kinds,
        description="Wir verkaufen Kochtöpfe.",
        website="https://kochtopf.example",
        contact_way=ContactWay.PUBLIC,
        contact_email="topf@kochtopf.example",
        topics=frozenset({Topic.OPTICS}),
    )
    with transaction():
        revise_organisation(organisation, entry, actor=claim.user, at=NOON)
        product = ProductEntry(title="Deckel", alt="Ein Deckel")
        add_product(organisation, product, png(), actor=claim.user, at=NOON)
        show_logo(organisation, png(), actor=claim.user, at=NOON)

    with transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)

    told = (organisation.description, organisation.website, organisation.contact_email)
    assert (told, organisation.contact_way) == (("", "", ""), ContactWay.BROKERED)
    assert organisation.topics == frozenset()
    for model in (Product, Picture, StoredFile):
        assert db.session.query(model).count() == 0
    for words in ("Kochtöpfe", "Deckel", "Optik"):
        assert found(words) == []
    assert found("Sternwarte") == [organisation.id]


def test_claim_leaves_nobody_from_before(app):
    organisation = make_named()
    make_member(organisation)

    claim = claimed(organisation)

    assert [m.user for m in organisation.memberships] == [claim.user]


def test_what_was_public_is_not_undone(app):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    claim = claimed(organisation)
    publish(draft_of(hint))

    with pytest.raises(Refusal, match="schon etwas öffentlich"):
        undo_claim(claim, actor=make_coordinator(), at=NOON)


def test_own_words_of_the_organisation_are_not_lost(app):
    organisation = make_named()
    claim = claimed(organisation)
    make_offer(PostingState.DRAFT, organisation)

    with pytest.raises(Refusal, match="Eigenes"), transaction():
        undo_claim(claim, actor=make_coordinator(), at=NOON)


def test_undoing_a_request_leaves_the_claimant_as_it_is(app):
    [hint] = with_hints(make_named(), internships=0)
    claim = asked(hint)
    make_offer(PostingState.PUBLISHED, claim.claimant)
    with transaction():
        grant_claim(claim, actor=make_coordinator(), at=NOON)
        undo_claim(claim, actor=make_coordinator(), at=NOON)

    assert claim.claimant.state is OrganisationState.VERIFIED
    assert hint.successor_key is None


def test_claimed_organisation_is_verified_as_any_other(app):
    organisation = make_named()
    claimed(organisation)

    with transaction():
        note_check(organisation, CheckWay.REGISTER, actor=make_coordinator(), at=NOON)
        verify_organisation(organisation, actor=make_coordinator(), at=NOON)

    assert organisation.state is OrganisationState.VERIFIED
