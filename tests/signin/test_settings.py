"""The settings of signing in: refused with a sentence that helps, and never with a secret."""

import pytest

from servers.settings import BadSettings, load


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"smtp_url": "mail.example:25"},
            "GHAR_SMTP_URL: must be smtp:// or smtps://, then user:password@host:port.",
        ),
        ({"smtp_url": "smtp://mail.example"}, "a mail server needs GHAR_MAIL_FROM, an e-mail address."),
        ({"sms_url": "http://sms.example/send"}, "GHAR_SMS_URL: must be an https address."),
        ({"sms_url": "ftp://localhost/send"}, "GHAR_SMS_URL: must be an https address."),
        (
            {"reviewer_contact": "9876543210"},
            "GHAR_REVIEWER_CONTACT and GHAR_REVIEWER_CODE need each other.",
        ),
        ({"reviewer_code": "12345678"}, "GHAR_REVIEWER_CONTACT and GHAR_REVIEWER_CODE need each other."),
        (
            {"reviewer_contact": "Asha", "reviewer_code": "12345678"},
            "GHAR_REVIEWER_CONTACT: must be a phone number or an e-mail address.",
        ),
    ],
)
def test_what_cannot_work_is_refused_by_name(given: dict[str, str], said: str) -> None:
    with pytest.raises(BadSettings) as refused:
        load(**given)
    assert str(refused.value) == said


def test_a_reviewers_code_of_a_few_digits_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadSettings, match="at least 8") as refused:
        load(reviewer_contact="9876543210", reviewer_code="123456")
    assert "123456" not in str(refused.value)


def test_secrets_stay_secret_and_a_contact_is_read_as_it_is_typed() -> None:
    settings = load(
        smtp_url="smtps://ghar:hidden@mail.example",
        mail_from="Ghar <hello@ghar.example>",
        sms_url="https://sms.example/send",
        sms_token="hidden",
        reviewer_contact="098765 43210",
        reviewer_code="hidden-code",
    )
    assert "hidden" not in repr(settings)
    assert settings.reviewer_contact == "+919876543210"
