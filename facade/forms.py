"""The OpenAPI of forms with a file, which are no tools and are served beside them."""

from typing import Any, Final

from facade import security
from facade.streams import refusals
from tools.contract import WRITE_SCOPE

_SCOPES: Final = (WRITE_SCOPE, "listings:write")
_NEEDS: Final = f"Needs {' and '.join(f'`{scope}`' for scope in _SCOPES)}."
_FORM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["file"],
    "additionalProperties": False,
    "properties": {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "The picture: JPEG, PNG or WebP by its content, 15 MB at most.",
        },
        "kind": {"type": "string", "enum": ["photo", "floor_plan"], "default": "photo"},
        "caption": {"type": "string", "maxLength": 200, "description": "What it shows."},
    },
}
PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/listings/{property_id}/photos": {
        "post": {
            "operationId": "add_photo",
            "summary": "Add photo",
            "description": (
                "Add a photo or floor plan to a property that the person offers or looks after, by a form. "
                f"It is looked through and made into all sizes, which takes some seconds. {_NEEDS}"
            ),
            "tags": ["photos"],
            "security": security.needing(_SCOPES),
            "parameters": [
                {
                    "name": "property_id",
                    "in": "path",
                    "required": True,
                    "description": "Which one.",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 9007199254740991},
                }
            ],
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}},
            "responses": {
                "200": {
                    "description": "The photo, which is being looked through.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Photo"}}},
                },
                **refusals(
                    _400="BadRequest",
                    _401="Unauthorized",
                    _403="Forbidden",
                    _404="NotFound",
                    _409="Conflict",
                    _413="TooLarge",
                    _415="UnsupportedMediaType",
                    _422="Invalid",
                    _429="TooMany",
                    _503="Unavailable",
                ),
            },
        }
    }
}
