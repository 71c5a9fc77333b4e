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
| `organisations`, `proofs`, `test_residents` | the organisation, its history, what proves it |
| `members`, `invitations` | who looks after it |
| `owners` | what of that is kept to pages |
| `applications`, `logos`, `credentials`, `leaks` | what an application is, and proves itself by |
| `requests`, `deliveries` | what it asked, and was told |
| `going_live`, `retiring` | its way to residents, and its end |
| `going_live_documents` | what goes in and out about going live |
"""
