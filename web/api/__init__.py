"""The API for other programs: `/api/v1`, JSON, bearer tokens with scopes, described by its own OpenAPI document."""
