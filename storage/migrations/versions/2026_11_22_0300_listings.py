"""Places, properties, imports, and the plain tables of the search index."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "2026_11_22_0300"
down_revision = None

EXTENSIONS = ("postgis", "vector", "pg_trgm", "btree_gist", "unaccent")


def upgrade() -> None:
    for extension in EXTENSIONS:
        op.execute(f"create extension if not exists {extension}")
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("imports_pkey")),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("geog", Geography("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("rank", sa.SmallInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind in ('city', 'locality', 'sector', 'society', 'metro', 'hub')",
            name=op.f("places_kind_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("places_pkey")),
        sa.UniqueConstraint("kind", "slug", name=op.f("places_kind_slug_key")),
    )
    op.create_index("places_geog_idx", "places", ["geog"], unique=False, postgresql_using="gist")
    op.create_table(
        "import_findings",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("row_numbers", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.CheckConstraint(
            "outcome in ('mended', 'flagged', 'refused')", name=op.f("import_findings_outcome_check")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("import_findings_import_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_findings_pkey")),
        sa.UniqueConstraint(
            "import_id", "outcome", "reason", name=op.f("import_findings_import_id_outcome_reason_key")
        ),
    )
    op.create_table(
        "properties",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), server_default="live", nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("price", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("area_sqft", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("bedrooms", sa.SmallInteger(), nullable=True),
        sa.Column("balconies", sa.SmallInteger(), nullable=True),
        sa.Column("furnishing", sa.String(), nullable=True),
        sa.Column("facing", sa.String(), nullable=True),
        sa.Column("age_band", sa.String(), nullable=True),
        sa.Column("floor_band", sa.String(), nullable=True),
        sa.Column("building_band", sa.String(), nullable=True),
        sa.Column("possession", sa.String(), nullable=True),
        sa.Column("geog", Geography("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("sector_id", sa.Integer(), nullable=True),
        sa.Column("society_id", sa.Integer(), nullable=True),
        sa.Column("amenities_yes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amenities_no", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tenants", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("flags", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("photos", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column(
            "first_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checksum", sa.String(), nullable=True),
        sa.CheckConstraint(
            "facing in ('north', 'north_east', 'east', 'south_east', "
            "'south', 'south_west', 'west', 'north_west')",
            name=op.f("properties_facing_check"),
        ),
        sa.CheckConstraint(
            "furnishing in ('furnished', 'semi_furnished', 'unfurnished')",
            name=op.f("properties_furnishing_check"),
        ),
        sa.CheckConstraint(
            "kind in ('apartment', 'builder_floor', 'house', 'plot', 'shop', 'office', 'pg')",
            name=op.f("properties_kind_check"),
        ),
        sa.CheckConstraint(
            "possession in ('ready', 'under_construction')", name=op.f("properties_possession_check")
        ),
        sa.CheckConstraint("purpose in ('buy', 'rent', 'pg')", name=op.f("properties_purpose_check")),
        sa.CheckConstraint("status in ('live', 'paused', 'archived')", name=op.f("properties_status_check")),
        sa.CheckConstraint("area_sqft > 0", name=op.f("properties_area_check")),
        sa.CheckConstraint("price > 0", name=op.f("properties_price_check")),
        sa.ForeignKeyConstraint(["locality_id"], ["places.id"], name=op.f("properties_locality_id_fkey")),
        sa.ForeignKeyConstraint(["sector_id"], ["places.id"], name=op.f("properties_sector_id_fkey")),
        sa.ForeignKeyConstraint(["society_id"], ["places.id"], name=op.f("properties_society_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("properties_pkey")),
        sa.UniqueConstraint("source", "source_id", name=op.f("properties_source_source_id_key")),
    )
    op.create_index("properties_locality_idx", "properties", ["locality_id"], unique=False)
    op.create_index("properties_society_idx", "properties", ["society_id"], unique=False)
    op.create_table(
        "property_search",
        sa.Column("property_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("bedrooms", sa.SmallInteger(), nullable=True),
        sa.Column("furnishing", sa.SmallInteger(), nullable=True),
        sa.Column("facing", sa.SmallInteger(), nullable=True),
        sa.Column("age", sa.SmallInteger(), nullable=True),
        sa.Column("floor", sa.SmallInteger(), nullable=True),
        sa.Column("possession", sa.SmallInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("lat", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("lng", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("geog", Geography("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("sector_id", sa.Integer(), nullable=True),
        sa.Column("society_id", sa.Integer(), nullable=True),
        sa.Column("metro", sa.Integer(), nullable=True),
        sa.Column("amenities", sa.BigInteger(), nullable=False),
        sa.Column("tenants", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("property_search_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("property_id", name=op.f("property_search_pkey")),
    )
    op.create_table(
        "property_texts",
        sa.Column("property_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("property_texts_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("property_id", name=op.f("property_texts_pkey")),
    )
    op.create_table(
        "property_vectors",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("vector", HALFVEC(384), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("property_vectors_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("model", "property_id", name=op.f("property_vectors_pkey")),
    )


def downgrade() -> None:
    op.drop_table("property_vectors")
    op.drop_table("property_texts")
    op.drop_table("property_search")
    op.drop_table("properties")
    op.drop_table("import_findings")
    op.drop_table("places")
    op.drop_table("imports")
