//! A page of a list.

use serde::Serialize;

use super::Object;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    pub data: Vec<Object>,
    pub pagination: Pagination,
    pub links: Links,
}

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    pub total_elements: u64,
    pub elements_per_page: u64,
    /// From 1.
    pub current_page: u64,
    pub total_pages: u64,
}

impl Pagination {
    pub const fn of(total: u64, per_page: u64, page: u64) -> Self {
        let pages = total.div_ceil(if per_page == 0 { 1 } else { per_page });
        // An empty list has one page, which is empty.
        Self { total_elements: total, elements_per_page: per_page, current_page: page, total_pages: if pages == 0 { 1 } else { pages } }
    }
}

/// Addresses of pages, each with the filters of this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Links {
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    #[serde(rename = "self")]
    this: String,
    /// On every page but the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    last: String,
}

impl Links {
    /// The links of a page; `link` gives the address of one by its number, and `this` and `next` are told: they say where the page before ended.
    pub fn of(pagination: Pagination, this: String, next: Option<String>, link: impl Fn(u64) -> String) -> Self {
        let Pagination { current_page, total_pages, .. } = pagination;
        Self {
            first: link(1),
            // Beyond the end, the page before is the last one.
            prev: (current_page > 1).then(|| link((current_page - 1).min(total_pages))),
            this,
            next,
            last: link(total_pages),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_neighbours() {
        // total, per page, page: pages, previous.
        for (total, per_page, page, pages, previous) in [
            (0, 100, 1, 1, None),
            (1, 100, 1, 1, None),
            (100, 100, 1, 1, None),
            (101, 100, 1, 2, None),
            (101, 100, 2, 2, Some("1")),
            (5, 2, 2, 3, Some("1")),
            (5, 2, 9, 3, Some("3")),
        ] {
            let pagination = Pagination::of(total, per_page, page);
            let links = Links::of(pagination, String::new(), None, |page| page.to_string());
            let found = (pagination.total_pages, links.first.as_str(), links.prev.as_deref(), links.last.as_str());
            assert_eq!(found, (pages, "1", previous, pages.to_string().as_str()), "{total} by {per_page}, page {page}");
        }
    }
}
