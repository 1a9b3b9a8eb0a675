//! The text in a dossier that explains it.

use std::fmt::Write as _;

use super::{ChainEvent, ChainHead, Dossier, Exhibit, Record, Stamp, check::logged_captures, instant};

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
        // Last: what a certificate says cannot stand for another key then.
        ("{stamps}", stamps(dossier)),
    ] {
        text = text.replacen(key, &value, 1);
    }
    text
}

/// The lines of each exhibit, then one for each capture and attachment of this order that was deleted.
fn exhibits(dossier: &Dossier) -> String {
    let mut text = String::new();
    for exhibit in &dossier.exhibits {
        describe(exhibit, &mut text);
    }
    if dossier.exhibits.is_empty() {
        text.push_str("  none\n");
    }
    for (id, logged) in logged_captures(&dossier.entries) {
        if let Some(deleted_by) = logged.deleted_by.filter(|_| logged.event.is_of(&dossier.order_id)) {
            let what =
                if matches!(logged.event, ChainEvent::Attached { .. }) { "attachment" } else { "capture" };
            let _ =
                writeln!(text, "  -  {what} {id} (entry {}) was deleted (entry {deleted_by})", logged.seq);
        }
    }
    text
}

fn describe(exhibit: &Exhibit, text: &mut String) {
    let (what, local, zone) = match &exhibit.record {
        Record::Capture(record) => (record.page.code(), record.captured_at_local(), &record.zone),
        Record::Attachment(record) => (record.what.code(), record.added_at_local(), &record.zone),
    };
    let file = exhibit.file.as_deref().unwrap_or("kept outside this archive");
    let at = instant::text(exhibit.record.at());
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "{:>3}  {file}\n     {what}, {at}, local {local} ({})",
        exhibit.exhibit,
        zone.escape_default()
    );
    if exhibit.file.is_none() {
        let _ = writeln!(text, "     SHA-256 {}", exhibit.record.sha256());
    }
}

/// The lines of each time-stamp, with the command that checks it.
fn stamps(dossier: &Dossier) -> String {
    let mut text = String::new();
    for (file, stamp) in Stamp::files(&dossier.stamps) {
        // `Dossier::new` took no time-stamp of an entry that is not there.
        let entry = dossier.entries.iter().find(|entry| entry.seq == stamp.entry);
        let hash = entry.map(|entry| entry.hash.to_string()).unwrap_or_default();
        let covers = stamp.covers(&dossier.exhibits, &dossier.entries);
        let _ = writeln!(text, "  {file}\n     the log up to entry {}, exhibits up to {covers}", stamp.entry);
        let _ = match &stamp.reply {
            Some(reply) => writeln!(
                text,
                "     {}, by {}\n     openssl ts -verify -digest {hash} -in {file} -CAfile root.pem",
                instant::text(reply.at),
                reply.authority.escape_default()
            ),
            None => writeln!(
                text,
                "     a proof of OpenTimestamps, which names no time by itself\n     ots-cli.js verify -d {hash} {file}"
            ),
        };
    }
    if dossier.stamps.is_empty() {
        text.push_str("  none\n");
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
