//! `crate/data/currencies.toml`: signs of money.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::source::{canonical, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    shared: Vec<String>,
    decimals: BTreeMap<String, Vec<String>>,
    signs: BTreeMap<String, Vec<String>>,
}

/// The signs as one text, a line for each: decimals, code of the currency, sign. A shared sign has a line of `-` and
/// itself.
pub(super) fn compile() -> Result<String, String> {
    let place = "currencies.toml";
    let data: Currencies = parse(&Path::new("crate/data").join(place))?;
    canonical(&format!("{place}: shared"), &data.shared)?;
    let mut decimals = BTreeMap::new();
    for (digits, codes) in &data.decimals {
        canonical(&format!("{place}: decimals.{digits}"), codes)?;
        for code in codes {
            if code.len() != 3 || decimals.insert(code.as_str(), digits.as_str()).is_some() {
                return Err(format!("{place}: {code:?} is no code of three letters, or stands twice"));
            }
        }
    }
    let mut signs: Vec<(&str, &str)> = decimals.keys().map(|code| (*code, *code)).collect();
    for (code, list) in &data.signs {
        canonical(&format!("{place}: signs.{code}"), list)?;
        if !decimals.contains_key(code.as_str()) {
            return Err(format!("{place}: signs.{code}: no decimals are given for it"));
        }
        signs.extend(list.iter().map(|sign| (sign.as_str(), code.as_str())));
    }
    let line = |(sign, code): &(&str, &str)| {
        let decimals = decimals.get(code).copied().unwrap_or("2");
        ((*sign).to_owned(), format!("{decimals}{code}{sign}"))
    };
    let shared = data.shared.iter().map(|sign| (sign.clone(), format!("-{sign}")));
    let mut rows: Vec<_> = signs.iter().map(line).chain(shared).collect();
    // The longest sign first: `US $` before `$`.
    rows.sort_by(|one, other| (other.0.len(), &one.0).cmp(&(one.0.len(), &other.0)));
    if let Some(pair) = rows.windows(2).find(|pair| matches!(pair, [first, second] if first.0 == second.0)) {
        return Err(format!("{place}: sign {:?} stands twice", pair.first().map(|row| &row.0)));
    }
    let lines: Vec<_> = rows.into_iter().map(|(_, line)| line).collect();
    Ok(format!("static SIGNS: &str = {:?};\n", lines.join("\n")))
}
