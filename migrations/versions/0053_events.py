"""events: days and evenings that anybody may come to"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("topics", sa.BigInteger(), nullable=False),
        sa.Column("audiences", sa.BigInteger(), nullable=False),
        sa.Column("accessibility", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "paused",
                "filled",
                "ended",
                "archived",
                "frozen",
                "listed",
                name="postingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "is_in_lists",
            sa.Boolean(),
            sa.Computed("state IN ('published', 'paused', 'filled')", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "is_bookable",
            sa.Boolean(),
            sa.Computed("state = 'published'", persisted=True),
            nullable=False,
        ),
        sa.Column("return_words", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "frozen_from",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "paused",
                "filled",
                "ended",
                "archived",
                "frozen",
                "listed",
                name="postingstate",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("reminded_count", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.String(length=40), nullable=False),
        sa.Column("successor_key", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place_name", sa.String(length=120), nullable=True),
        sa.Column("postal_code", sa.String(length=5), nullable=True),
        sa.Column(
            "state_code",
            sa.Enum(
                "SN",
                "ST",
                "TH",
                name="federalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("district_ags", sa.String(length=5), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "starts_at IS NOT NULL OR state = 'draft'", name=op.f("ck_events_has_a_day")
        ),
        sa.CheckConstraint(
            "ends_at >= starts_at", name=op.f("ck_events_ends_after_it_begins")
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_events_capacity_is_positive")),
        sa.CheckConstraint(
            "published_at IS NOT NULL OR state IN ('draft','submitted','listed')",
            name=op.f("ck_events_public_since_an_instant"),
        ),
        sa.CheckConstraint(
            "state <> 'listed' OR source <> ''",
            name=op.f("ck_events_a_hint_names_its_source"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_events_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_events_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("public_id", name=op.f("uq_events_public_id")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_events_by_day",
            ["is_in_lists", "starts_at", "id", "organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_events_district_ags"), ["district_ags"], unique=False
        )
        batch_op.create_index(
            "ix_events_in_lists",
            ["is_in_lists", "is_bookable", "published_at", "id", "organisation_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_events_lat"), ["lat"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_events_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_events_site_id"), ["site_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_events_source_key"), ["source_key"], unique=True
        )
        batch_op.create_index(
            batch_op.f("ix_events_state_changed_at_id"),
            ["state", "changed_at", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_state_changed_at_id"))
        batch_op.drop_index(batch_op.f("ix_events_source_key"))
        batch_op.drop_index(batch_op.f("ix_events_site_id"))
        batch_op.drop_index(batch_op.f("ix_events_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_events_lat"))
        batch_op.drop_index("ix_events_in_lists")
        batch_op.drop_index(batch_op.f("ix_events_district_ags"))
        batch_op.drop_index("ix_events_by_day")

    op.drop_table("events")
