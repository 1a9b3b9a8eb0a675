//! A capture or an attachment as a numbered exhibit of a dossier.

use serde::{Deserialize, Serialize};

use super::{ChainEntry, Record, compact};

/// One capture or attachment in a dossier. All but `record` follows from the record and the exhibit's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// 1 for the first; in the order in which the chain logged them.
    pub exhibit: u32,
    /// The file in the archive, for example `captures/01-order_detail-20261123T102905Z.png` or
    /// `attachments/02-photo-20261123T103000Z.jpg` (the time is UTC). None where the buyer keeps the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The time of capture on the viewer's clock, RFC 3339 with milliseconds and offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_at_local: Option<String>,
    /// The time at which an attachment was added, in the same form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_at_local: Option<String>,
    /// What is known about it, with digest and size of the file and the time in UTC.
    pub record: Record,
}

impl Exhibit {
    /// The exhibit number `exhibit` of `total`: numbers are padded so that names sort.
    pub fn new(exhibit: u32, total: usize, record: Record) -> Self {
        let width = total.to_string().len().max(2);
        let (folder, what) = match &record {
            Record::Capture(record) => ("captures", record.page.code()),
            Record::Attachment(record) => ("attachments", record.what.code()),
        };
        let (time, extension) = (compact(record.at()), record.media_type().extension());
        let file = format!("{folder}/{exhibit:0width$}-{what}-{time}.{extension}");
        let (captured_at_local, added_at_local) = match &record {
            Record::Capture(record) => (Some(record.captured_at_local()), None),
            Record::Attachment(record) => (None, Some(record.added_at_local())),
        };
        Self { exhibit, file: record.has_file().then_some(file), captured_at_local, added_at_local, record }
    }

    /// The records as exhibits, in the order in which the chain logged them.
    pub fn number(mut records: Vec<Record>, entries: &[ChainEntry]) -> Vec<Self> {
        // An order has few records: a map of the whole log would cost the core of our pages more than it saves.
        records
            .sort_by_key(|record| entries.iter().position(|entry| entry.event.capture_id() == record.id()));
        let total = records.len();
        records.into_iter().zip(1..).map(|(record, number)| Self::new(number, total, record)).collect()
    }
}
