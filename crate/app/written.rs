//! The written form of a request: one object for all of them, with the keys that its kind needs. An enum that reads itself
//! has a reader for each kind, which was 6 KB of the core.

use serde::Deserialize;

use super::{Correcting, Request, Stating};
use crate::{case::Field, page::PageSnapshot, view::Notice};

#[derive(Deserialize)]
pub(super) struct Written {
    kind: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    order_id: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    extension_version: Option<String>,
    #[serde(default)]
    snapshot: Option<PageSnapshot>,
    #[serde(default)]
    visit: Option<i64>,
    #[serde(default)]
    collapsed: Option<bool>,
    #[serde(default)]
    orders: Option<Vec<Option<String>>>,
    #[serde(default)]
    notice: Option<Notice>,
    #[serde(default)]
    field: Option<Field>,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    entered_at: Option<i64>,
}

impl TryFrom<Written> for Request {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let kind = written.kind.clone();
        request(&kind, written).ok_or("no such request, or something that it needs is missing")
    }
}

fn request(kind: &str, written: Written) -> Option<Request> {
    let Written { url, order_id, text, extension_version, snapshot, notice, field, item, .. } = written;
    let collapsed = written.collapsed.unwrap_or_default();
    let correcting = |order_id: Option<String>, text: Option<String>, url: Option<String>| {
        Some(Correcting {
            order_id: order_id.unwrap_or_default(),
            field: field?,
            text: text.unwrap_or_default(),
            url: url.unwrap_or_default(),
        })
    };
    Some(match kind {
        "page_opened" => Request::PageOpened { url: url? },
        "page_seen" => Request::PageSeen { snapshot: snapshot?, visit: written.visit?, collapsed, notice },
        "redraw" => Request::Redraw { url: url?, orders: written.orders?, collapsed, notice },
        "popup" => Request::Popup { url, notice },
        "correct" => Request::Correct(correcting(order_id, text, url)?),
        "undo_correction" => Request::UndoCorrection(correcting(order_id, text, url)?),
        "use_selection" => Request::UseSelection(correcting(order_id, text, url)?),
        "report" => Request::Report {
            order_id: order_id?,
            url: url.unwrap_or_default(),
            extension_version: extension_version?,
        },
        "state" => Request::State(Stating {
            order_id: order_id?,
            item,
            topic: written.topic?,
            text: text.unwrap_or_default(),
        }),
        "unstate" => Request::Unstate { order_id: order_id?, entered_at: written.entered_at? },
        "badge" => Request::Badge,
        _ => return None,
    })
}
