"""people who tell of their work"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rolemodels",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column(
            "consent_way",
            sa.Enum(
                "paper",
                "mail",
                name="consentway",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("film_link", sa.String(length=300), nullable=False),
        sa.Column("film_minutes", sa.Integer(), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=False),
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
            "published_at IS NOT NULL OR state IN ('draft','submitted','listed')",
            name=op.f("ck_rolemodels_public_since_an_instant"),
        ),
        sa.CheckConstraint(
            "state <> 'listed' OR source <> ''",
            name=op.f("ck_rolemodels_a_hint_names_its_source"),
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupations.id"],
            name=op.f("fk_rolemodels_occupation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_rolemodels_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_rolemodels_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rolemodels")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rolemodels_public_id")),
    )
    op.create_index(op.f("ix_rolemodels_district_ags"), "rolemodels", ["district_ags"])
    op.create_index(
        "ix_rolemodels_in_lists",
        "rolemodels",
        ["is_in_lists", "is_bookable", "published_at", "id", "organisation_id"],
    )
    op.create_index(op.f("ix_rolemodels_lat"), "rolemodels", ["lat"])
    op.create_index(
        op.f("ix_rolemodels_occupation_id"), "rolemodels", ["occupation_id"]
    )
    op.create_index(
        op.f("ix_rolemodels_organisation_id"), "rolemodels", ["organisation_id"]
    )
    op.create_index(op.f("ix_rolemodels_site_id"), "rolemodels", ["site_id"])
    op.create_index(
        op.f("ix_rolemodels_source_key"), "rolemodels", ["source_key"], unique=True
    )
    op.create_index(
        op.f("ix_rolemodels_state_changed_at_id"),
        "rolemodels",
        ["state", "changed_at", "id"],
    )
    op.create_table(
        "films",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rolemodel_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("subtitles_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("video_id <> subtitles_id", name=op.f("ck_films_two_files")),
        sa.ForeignKeyConstraint(
            ["rolemodel_id"], ["rolemodels.id"], name=op.f("fk_films_rolemodel_id")
        ),
        sa.ForeignKeyConstraint(
            ["subtitles_id"], ["stored_files.id"], name=op.f("fk_films_subtitles_id")
        ),
        sa.ForeignKeyConstraint(
            ["video_id"], ["stored_files.id"], name=op.f("fk_films_video_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_films")),
        sa.UniqueConstraint("rolemodel_id", name=op.f("uq_films_rolemodel_id")),
        sa.UniqueConstraint("subtitles_id", name=op.f("uq_films_subtitles_id")),
        sa.UniqueConstraint("video_id", name=op.f("uq_films_video_id")),
    )
    op.create_table(
        "portraits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rolemodel_id", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("large_id", sa.Integer(), nullable=False),
        sa.Column("small_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["large_id"], ["stored_files.id"], name=op.f("fk_portraits_large_id")
        ),
        sa.ForeignKeyConstraint(
            ["rolemodel_id"], ["rolemodels.id"], name=op.f("fk_portraits_rolemodel_id")
        ),
        sa.ForeignKeyConstraint(
            ["small_id"], ["stored_files.id"], name=op.f("fk_portraits_small_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portraits")),
        sa.UniqueConstraint("large_id", name=op.f("uq_portraits_large_id")),
        sa.UniqueConstraint("rolemodel_id", name=op.f("uq_portraits_rolemodel_id")),
        sa.UniqueConstraint("small_id", name=op.f("uq_portraits_small_id")),
    )
    op.create_table(
        "rolemodel_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rolemodel_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(
            ["rolemodel_id"],
            ["rolemodels.id"],
            name=op.f("fk_rolemodel_answers_rolemodel_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rolemodel_answers")),
    )
    op.create_index(
        op.f("ix_rolemodel_answers_rolemodel_id"), "rolemodel_answers", ["rolemodel_id"]
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_rolemodel_answers_rolemodel_id"), table_name="rolemodel_answers"
    )
    op.drop_table("rolemodel_answers")
    op.drop_table("portraits")
    op.drop_table("films")
    op.drop_index(op.f("ix_rolemodels_state_changed_at_id"), table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_source_key"), table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_site_id"), table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_organisation_id"), table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_occupation_id"), table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_lat"), table_name="rolemodels")
    op.drop_index("ix_rolemodels_in_lists", table_name="rolemodels")
    op.drop_index(op.f("ix_rolemodels_district_ags"), table_name="rolemodels")
    op.drop_table("rolemodels")
