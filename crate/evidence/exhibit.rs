//! A capture as a numbered exhibit of a dossier.

use serde::{Deserialize, Serialize};

use super::{CaptureRecord, compact};

/// One capture in a dossier. All but `record` follows from the record and the exhibit's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// 1 for the first; in the order in which the chain logged the captures.
    pub exhibit: u32,
    /// The file in the archive, for example `captures/01-order_detail-20261123T102905Z.png` (the time is UTC).
    pub file: String,
    /// The time of capture on the viewer's clock, RFC 3339 with milliseconds and offset.
    pub captured_at_local: String,
    /// What is known about the capture, with digest and size of the file and the time in UTC.
    pub record: CaptureRecord,
}

impl Exhibit {
    /// The exhibit number `exhibit` of `total`: numbers are padded so that names sort.
    pub fn new(exhibit: u32, total: usize, record: CaptureRecord) -> Self {
        let width = total.to_string().len().max(2);
        let page = record.page.code();
        let time = compact(record.captured_at);
        let extension = record.media_type.extension();
        Self {
            exhibit,
            file: format!("captures/{exhibit:0width$}-{page}-{time}.{extension}"),
            captured_at_local: record.captured_at_local(),
            record,
        }
    }

    /// The records as exhibits, numbered in the order given.
    pub fn number(records: Vec<CaptureRecord>) -> Vec<Self> {
        let total = records.len();
        records.into_iter().zip(1..).map(|(record, number)| Self::new(number, total, record)).collect()
    }
}
