//! What was read on a page, as a text to be kept beside a picture.

use std::collections::BTreeSet;

use super::{PageSnapshot, Region};

/// The most characters: a list of hundreds of orders is a picture of many, and evidence of none.
const LONGEST: usize = 20_000;

/// What is no text of the page: which language it is in, and where links lead.
fn is_visible(field: &str, value: &str) -> bool {
    field != "language" && !value.contains("//") && !value.starts_with('/')
}

impl PageSnapshot {
    /// The texts of the page that its layout names, a line each: the field's name, a colon, the words as far as they may leave the
    /// page (`crate/data/sites/README.md`). A region begins with its name in brackets. None where nothing was read; cut, with
    /// `…` as its last line, after 20,000 characters.
    pub fn text(&self) -> Option<String> {
        let mut lines = Vec::new();
        lines_of(&self.root, &mut lines);
        let mut text = String::new();
        let mut left = LONGEST;
        for line in lines {
            let length = line.chars().count() + 1;
            if length > left {
                text.push_str("…\n");
                break;
            }
            left -= length;
            text.push_str(&line);
            text.push('\n');
        }
        (!text.is_empty()).then_some(text)
    }
}

/// Each text of a region once, however many ways lead to it. A region without texts is not named.
fn lines_of(region: &Region, lines: &mut Vec<String>) {
    let named = lines.len();
    lines.push(format!("[{}]", region.name));
    let mut said = BTreeSet::new();
    for field in &region.fields {
        for value in &field.values {
            if is_visible(&field.name, value) && said.insert(value.as_str()) {
                lines.push(format!("{}: {value}", field.name));
            }
        }
    }
    if said.is_empty() {
        lines.truncate(named);
    }
    for inner in &region.regions {
        lines_of(inner, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Field, Strategy};

    fn field(name: &str, values: &[&str]) -> Field {
        let values = values.iter().map(ToString::to_string).collect();
        Field { name: name.to_owned(), by: Strategy::Class, values }
    }

    fn region(name: &str, fields: Vec<Field>, regions: Vec<Region>) -> Region {
        Region { name: name.to_owned(), by: Strategy::Class, fields, regions }
    }

    fn snapshot(root: Region) -> PageSnapshot {
        let address = "https://www.aliexpress.com/p/order/detail.html".to_owned();
        PageSnapshot { address, layout: "current".to_owned(), root }
    }

    #[test]
    fn each_text_once_with_its_field_and_no_link() {
        let item = region("item", vec![field("title", &["Sample cable"])], vec![]);
        let fields = vec![
            field("status", &["Awaiting delivery"]),
            field("status", &["Awaiting delivery", "Track status"]),
            field("store_link", &["//www.aliexpress.com/store/1100000001"]),
            field("line_link", &["/p/order/detail.html"]),
        ];
        let order = region("order", fields, vec![item]);
        let page = region("page", vec![field("language", &["en"])], vec![order]);
        assert_eq!(
            snapshot(page).text().as_deref(),
            Some("[order]\nstatus: Awaiting delivery\nstatus: Track status\n[item]\ntitle: Sample cable\n"),
        );
    }

    #[test]
    fn nothing_that_was_read_is_no_text() {
        assert_eq!(snapshot(region("page", vec![field("language", &["en"])], vec![])).text(), None);
    }

    #[test]
    fn a_text_that_is_too_long_ends_with_a_whole_line() {
        let lines: Vec<String> = (0..1000).map(|number| format!("{number:0>40}")).collect();
        let values: Vec<&str> = lines.iter().map(String::as_str).collect();
        let text = snapshot(region("page", vec![field("title", &values)], vec![])).text().unwrap();
        assert!(text.chars().count() <= LONGEST + 2);
        assert!(text.ends_with(&format!("title: {:0>40}\n…\n", text.lines().count() - 3)));
    }
}
