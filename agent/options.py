"""What a language model needs to be reached, as settings hand it down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Keys and names of models. Without a key that model is left out; without any, answers are offline."""

    gemini_key: str | None = None
    gemini_model: str = "gemini-2.5-flash"
    gemini_url: str | None = None
    """Another address of the Gemini API; None is Google's own."""

    glm_key: str | None = None
    glm_model: str = "glm-4.7-flash"
    glm_url: str | None = None
    """Another address of the Z.AI API; None is its own."""

    timeout: float = 30.0
    """Seconds that a model may stay silent before the next one is asked."""
