"""Indexes of the property search."""

from alembic import op

revision = "2026_11_22_0310"
down_revision = "2026_11_22_0300"

_WALKED = ["kind", "bedrooms", "price", "lat", "lng"]


def upgrade() -> None:
    op.execute("create extension if not exists btree_gist")
    op.create_index(
        "property_search_cell_idx",
        "property_search",
        ["purpose", "cell", "bedrooms", "price"],
        postgresql_include=["kind", "lat", "lng", "listed_at", "score", "property_id"],
    )
    for name, column, included in (
        ("newest", "listed_at", _WALKED),
        ("best", "score", _WALKED),
        ("price", "price", ["kind", "bedrooms", "lat", "lng"]),
        ("rate", "rate", []),
    ):
        op.create_index(
            f"property_search_{name}_idx",
            "property_search",
            ["purpose", column, "property_id"],
            postgresql_include=included,
        )
    op.create_index(
        "property_search_geog_idx", "property_search", ["purpose", "geog"], postgresql_using="gist"
    )
    for place in ("locality", "sector", "society"):
        op.create_index(f"property_search_{place}_idx", "property_search", [f"{place}_id"])
    op.create_index("property_texts_words_idx", "property_texts", ["words"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("property_texts_words_idx", "property_texts")
    for name in ("society", "sector", "locality", "geog", "rate", "price", "best", "newest", "cell"):
        op.drop_index(f"property_search_{name}_idx", "property_search")
