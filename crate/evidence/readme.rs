//! The text in a dossier that explains it.

use std::fmt::Write as _;

use super::{ChainHead, Dossier, check::logged_captures, instant};

const TEMPLATE: &str = include_str!("readme.txt");

/// The text for this dossier. It holds no words of a page: whatever is not ASCII is escaped.
pub(super) fn readme(dossier: &Dossier) -> String {
    let head = ChainHead::of(&dossier.entries);
    let mut text = TEMPLATE.to_owned();
    for (key, value) in [
        ("{order_id}", dossier.order_id.clone()),
        ("{created_at}", instant::text(dossier.created_at)),
        ("{extension_version}", dossier.extension_version.escape_default().to_string()),
        ("{exhibits}", exhibits(dossier)),
        ("{entries}", head.entries.to_string()),
        ("{head}", head.head.to_string()),
        ("{example}", example(dossier)),
    ] {
        text = text.replacen(key, &value, 1);
    }
    text
}

/// Two lines for each exhibit, then one for each capture of this order that was deleted.
fn exhibits(dossier: &Dossier) -> String {
    let mut text = String::new();
    for exhibit in &dossier.exhibits {
        let record = &exhibit.record;
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{:>3}  {}\n     {}, {}, local {} ({})",
            exhibit.exhibit,
            exhibit.file,
            record.page.code(),
            instant::text(record.captured_at),
            exhibit.captured_at_local,
            record.zone.escape_default(),
        );
    }
    if dossier.exhibits.is_empty() {
        text.push_str("  none\n");
    }
    for (id, logged) in logged_captures(&dossier.entries) {
        if let Some(deleted_by) = logged.deleted_by.filter(|_| logged.is_of(id, &dossier.order_id)) {
            let _ =
                writeln!(text, "  -  capture {id} (entry {}) was deleted (entry {deleted_by})", logged.seq);
        }
    }
    text
}

/// A worked example from this very chain: something to type, and what must come out.
fn example(dossier: &Dossier) -> String {
    let Some(first) = dossier.entries.first() else { return String::new() };
    let lines = first.canonical_text().replace('\n', "\n  ");
    let lines = lines.trim_end();
    format!(
        "For example, the text of the first entry (without the two spaces at the\nstart of each line) is\n  {lines}\n\
         and its digest, by sha256sum, is\n  {}\n",
        first.hash
    )
}
