"""The partners' API: what members do on the portal's pages, for programs, by HTTP and JSON.

Owns its operations, their description (OpenAPI 3.1), and its refusals (RFC 9457). Every write is an
operation of `clients`, so that a page and a program meet the same rules.

| module | what it holds |
|---|---|
| `api` | the API itself, its description, and how it refuses |
| `door` | who may come in: tokens, organisations, permissions |
| `problems` | refusals |
| `frame` | the short way for programs past all that is made for pages |
| `documents` | what goes in and out |
| `organisations`, `applications` | the operations |
"""
