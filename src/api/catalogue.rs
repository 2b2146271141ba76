//! The catalogue of problems as a page of the documentation.

use super::problem::Kind;

/// Every type of problem, in Markdown: `docs/problems.md`.
pub fn catalogue() -> String {
    let mut page = String::from(
        "# Problems\n\n\
         Every refusal is `application/problem+json` (RFC 9457): `type` below, `title` and `detail` in the language of `Accept-Language`, `errors` with the JSON pointer \
         of each wrong field, `request_id`. Program against `type`: it does not change. This page is printed by `registre problems`; `GET /problems` has the same.\n\n\
         | `type` | status | title | when |\n|---|---|---|---|\n",
    );
    for kind in Kind::ALL {
        let title = kind.title();
        page.push_str(&format!("| `/problems/{}` | {} | {}<br>{} | {} |\n", kind.slug(), kind.code(), title.fr, title.en, kind.about().trim()));
    }
    page
}
