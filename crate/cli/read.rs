//! `redress read`.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::Args;
use redress::{
    order,
    page::{Address, PageSnapshot, Region, Strategy},
};

use crate::collect;

/// Arguments of `redress read`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The saved page.
    file: PathBuf,
    /// The address the page was saved from.
    #[arg(long)]
    url: String,
    /// The moment of reading, RFC 3339 [default: now].
    #[arg(long)]
    now: Option<String>,
    /// The viewer's time zone, an IANA name.
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// Print what was collected from the page, as the extension sends and stores it, instead of what it says.
    #[arg(long)]
    snapshot: bool,
}

/// Runs the command. An error is one clear line.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    Address::parse(&arguments.url).map_err(|error| format!("--url: {error}"))?;
    let now = moment(arguments.now.as_deref())?;
    let zone: Tz = arguments
        .zone
        .parse()
        .map_err(|_| format!("--zone: {:?} is no IANA time zone, such as Europe/Berlin", arguments.zone))?;
    let bytes =
        fs::read(&arguments.file).map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    let snapshot = collect(&text(&bytes), &arguments.url);
    let json = if arguments.snapshot {
        serde_json::to_string_pretty(&snapshot)
    } else {
        serde_json::to_string_pretty(&order::read(&snapshot, now, now.with_timezone(&zone).date_naive()))
    };
    let json = json.map_err(|error| error.to_string())?;
    match writeln!(io::stdout(), "{json}") {
        // The reader of a pipe may have enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn collect(html: &str, url: &str) -> PageSnapshot {
    match order::plan_of(url) {
        Some(plan) => collect::collect(&plan, html, url),
        // Another site's page: nothing of it is looked at.
        None => PageSnapshot {
            address: url.to_owned(),
            layout: String::new(),
            root: Region {
                name: "page".to_owned(),
                by: Strategy::Address,
                fields: Vec::new(),
                regions: Vec::new(),
            },
        },
    }
}

fn moment(text: Option<&str>) -> Result<DateTime<Utc>, String> {
    if let Some(text) = text {
        return DateTime::parse_from_rfc3339(text)
            .map(|moment| moment.with_timezone(&Utc))
            .map_err(|_| format!("--now: {text:?} is no RFC 3339 time, such as 2026-09-07T12:00:00Z"));
    }
    #[expect(clippy::disallowed_methods, reason = "the command line is the edge at which time comes in")]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).map_err(|error| error.to_string())?;
    let seconds = i64::try_from(since.as_secs()).ok();
    seconds
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| "the clock is out of range".to_owned())
}

/// The text of a saved page: UTF-16 where its mark says so, else UTF-8 with replacements for what is none.
fn text(bytes: &[u8]) -> String {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
