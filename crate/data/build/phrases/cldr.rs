//! `crate/data/cldr.toml`: what `crate/data/phrases/cldr.js` took from CLDR.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use super::packed::{Code, List};
use crate::source::parse;

/// From the largest to the smallest, as the reader has them.
pub(super) const UNITS: [&str; 4] = ["day", "hour", "minute", "second"];

/// The words of one language.
pub(super) struct Cldr {
    pub(super) months: Vec<Vec<String>>,
    pub(super) weekdays: Vec<Vec<String>>,
    pub(super) fillers: Vec<String>,
    pub(super) marks: Vec<String>,
    pub(super) joiners: Vec<String>,
    /// In the order of [`UNITS`].
    pub(super) units: Vec<Vec<String>>,
    /// Words that say their number themselves; the code is the unit's, and behind those of all units for two.
    pub(super) counted: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    fillers: Vec<String>,
    marks: Vec<String>,
    joiners: Vec<String>,
    day: Vec<String>,
    hour: Vec<String>,
    minute: Vec<String>,
    second: Vec<String>,
    counted: Vec<Counted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    text: String,
    unit: String,
    number: usize,
}

pub(super) fn read() -> Result<BTreeMap<String, Cldr>, String> {
    let sections: BTreeMap<String, Section> = parse(Path::new("crate/data/cldr.toml"))?;
    sections.into_iter().map(|(code, section)| Ok((code, section.words()?))).collect()
}

impl Section {
    fn words(self) -> Result<Cldr, String> {
        let code = |counted: Counted| -> Result<(Code, String), String> {
            let unit = UNITS.iter().position(|unit| *unit == counted.unit);
            let code = unit
                .filter(|_| (1..=2).contains(&counted.number))
                .and_then(|unit| Code::try_from(unit + UNITS.len() * (counted.number - 1)).ok())
                .ok_or_else(|| format!("cldr.toml: counted {:?}", counted.text))?;
            Ok((code, counted.text))
        };
        Ok(Cldr {
            counted: self.counted.into_iter().map(code).collect::<Result<_, _>>()?,
            units: vec![self.day, self.hour, self.minute, self.second],
            months: self.months,
            weekdays: self.weekdays,
            fillers: self.fillers,
            marks: self.marks,
            joiners: self.joiners,
        })
    }
}
