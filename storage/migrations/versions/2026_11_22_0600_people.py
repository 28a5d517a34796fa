"""People, sign-ins and OAuth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

revision = "2026_11_22_0600"
down_revision = "2026_11_22_0310"

_LAST_ADMIN = """
create function people_keep_an_admin() returns trigger language plpgsql as $$
begin
    -- Two admins who take the role from each other at once come here one after the other.
    perform pg_advisory_xact_lock(360360362);
    perform 1 from people where role = 'admin' and deletes_at is null and erased_at is null;
    if not found then
        raise exception 'nobody would be an admin'
            using errcode = 'check_violation', constraint = 'people_last_admin', table = 'people';
    end if;
    return null;
end $$
"""
_STAYED = "old.role = 'admin' and old.deletes_at is null and old.erased_at is null"
_STAYS = "new.role = 'admin' and new.deletes_at is null and new.erased_at is null"


def upgrade() -> None:
    op.create_table(
        "oauth_clients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("metadata", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('registered', 'document')", name=op.f("oauth_clients_kind_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("oauth_clients_pkey")),
    )
    op.create_index(
        "oauth_clients_created_at_idx",
        "oauth_clients",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("used_at is null"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("role", sa.String(), server_default="member", nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("preferences", JSONB(), server_default="{}", nullable=False),
        sa.Column("supabase_id", UUID(as_uuid=False), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("deletes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('en', 'hi')", name=op.f("people_language_check")),
        sa.CheckConstraint("phone ~ '^\\+[1-9][0-9]{6,14}$'", name=op.f("people_phone_check")),
        sa.CheckConstraint("role in ('member', 'staff', 'admin')", name=op.f("people_role_check")),
        sa.CheckConstraint("email = lower(email)", name=op.f("people_email_check")),
        sa.CheckConstraint(
            "erased_at is null or (num_nonnulls(phone, email, name, supabase_id, deletes_at) = 0"
            " and preferences = '{}' and role = 'member')",
            name=op.f("people_erased_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("people_pkey")),
        sa.UniqueConstraint("email", name=op.f("people_email_key")),
        sa.UniqueConstraint("phone", name=op.f("people_phone_key")),
        sa.UniqueConstraint("supabase_id", name=op.f("people_supabase_id_key")),
    )
    op.create_index(
        "people_deletes_at_idx",
        "people",
        ["deletes_at"],
        unique=False,
        postgresql_where=sa.text("deletes_at is not null"),
    )
    op.create_index(
        "people_erased_at_idx",
        "people",
        ["erased_at"],
        unique=False,
        postgresql_where=sa.text("erased_at is not null"),
    )
    op.create_index(
        "people_name_idx",
        "people",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_index(
        "people_role_idx", "people", ["role"], unique=False, postgresql_where=sa.text("role <> 'member'")
    )
    op.execute(_LAST_ADMIN)
    op.execute(
        f"create trigger people_last_admin_update after update on people for each row "
        f"when ({_STAYED} and not ({_STAYS})) execute function people_keep_an_admin()"
    )
    op.execute(
        f"create trigger people_last_admin_delete after delete on people for each row "
        f"when ({_STAYED}) execute function people_keep_an_admin()"
    )
    op.create_table(
        "sign_in_codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_codes_pkey")),
    )
    op.create_index(
        "sign_in_codes_contact_sent_at_idx", "sign_in_codes", ["contact", "sent_at"], unique=False
    )
    op.create_index("sign_in_codes_expires_at_idx", "sign_in_codes", ["expires_at"], unique=False)
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("signing_keys_pkey")),
    )
    op.create_table(
        "oauth_consents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience in ('user', 'admin')", name=op.f("oauth_consents_audience_check")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["oauth_clients.id"],
            name=op.f("oauth_consents_client_id_fkey"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("oauth_consents_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("oauth_consents_pkey")),
    )
    op.create_index("oauth_consents_client_id_idx", "oauth_consents", ["client_id"], unique=False)
    op.create_index(
        "oauth_consents_standing_key",
        "oauth_consents",
        ["person_id", "client_id", "audience"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_table(
        "oauth_requests",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("code_challenge", sa.String(), nullable=False),
        sa.Column("redirect_uri", sa.String(), nullable=False),
        sa.Column("redirect_uri_given", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience in ('user', 'admin')", name=op.f("oauth_requests_audience_check")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["oauth_clients.id"],
            name=op.f("oauth_requests_client_id_fkey"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("oauth_requests_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("oauth_requests_pkey")),
    )
    op.create_index("oauth_requests_client_id_idx", "oauth_requests", ["client_id"], unique=False)
    op.create_index("oauth_requests_expires_at_idx", "oauth_requests", ["expires_at"], unique=False)
    op.create_index("oauth_requests_person_id_idx", "oauth_requests", ["person_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("client_id", sa.String(), nullable=True),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("scopes", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience in ('user', 'admin')", name=op.f("sessions_audience_check")),
        sa.CheckConstraint("kind in ('web', 'oauth', 'development')", name=op.f("sessions_kind_check")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.id"], name=op.f("sessions_client_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("sessions_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("sessions_token_hash_key")),
    )
    op.create_index("sessions_client_id_idx", "sessions", ["client_id"], unique=False)
    op.create_index("sessions_expires_at_idx", "sessions", ["expires_at"], unique=False)
    op.create_index("sessions_person_id_idx", "sessions", ["person_id"], unique=False)
    op.create_table(
        "oauth_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("code_challenge", sa.String(), nullable=False),
        sa.Column("redirect_uri", sa.String(), nullable=False),
        sa.Column("redirect_uri_given", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("audience in ('user', 'admin')", name=op.f("oauth_codes_audience_check")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.id"], name=op.f("oauth_codes_client_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("oauth_codes_person_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("oauth_codes_session_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("oauth_codes_pkey")),
    )
    op.create_index("oauth_codes_client_id_idx", "oauth_codes", ["client_id"], unique=False)
    op.create_index("oauth_codes_expires_at_idx", "oauth_codes", ["expires_at"], unique=False)
    op.create_index("oauth_codes_person_id_idx", "oauth_codes", ["person_id"], unique=False)
    op.create_table(
        "oauth_refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("oauth_refresh_tokens_session_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("oauth_refresh_tokens_pkey")),
    )
    op.create_index(
        "oauth_refresh_tokens_expires_at_idx", "oauth_refresh_tokens", ["expires_at"], unique=False
    )
    op.create_index(
        "oauth_refresh_tokens_session_id_idx", "oauth_refresh_tokens", ["session_id"], unique=False
    )
    op.create_table(
        "portfolios",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("portfolios_property_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["people.id"], name=op.f("portfolios_staff_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("staff_id", "property_id", name=op.f("portfolios_pkey")),
    )
    op.create_index("portfolios_property_id_idx", "portfolios", ["property_id"], unique=False)


def downgrade() -> None:
    op.drop_table("portfolios")
    op.drop_table("oauth_refresh_tokens")
    op.drop_table("oauth_codes")
    op.drop_table("sessions")
    op.drop_table("oauth_requests")
    op.drop_table("oauth_consents")
    op.drop_table("signing_keys")
    op.drop_table("sign_in_codes")
    op.drop_table("people")
    op.execute("drop function people_keep_an_admin")
    op.drop_table("oauth_clients")
