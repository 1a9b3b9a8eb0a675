//! What the user sees: trees of allow-listed nodes with text keys, for overlay, badge, popup and dossier.
//!
//! `extension/texts.js` turns keys into texts and dates into the user's language, `draw.js` draws. A tree holds no HTML.

mod action;
mod axis;
mod badge;
mod calendar;
mod captures;
mod case_page;
mod case_view;
mod conflicts;
mod dates;
mod dossier;
mod draft;
mod facts;
mod icon;
mod ladder;
mod list;
mod needs;
mod node;
mod notice;
mod overlay;
mod popup;
mod question;
#[cfg(test)]
mod tests;
mod timebar;
mod tone;
mod why;

pub use action::Action;
pub use badge::draw as badge;
pub use calendar::{CalendarEvent, calendar};
pub use case_page::case_page;
pub use case_view::{CaseView, Link, Part};
pub use conflicts::sentence;
pub use dossier::{Event, EventTime, dossier, unknown_dossier};
pub use draft::{Draft, DraftCode, DraftLine, LineKind, drafts};
pub use facts::{Entered, How, ReadFact, code_of, given, status};
pub use list::list_bar;
pub use node::{Argument, Attribute, Element, Message, Node, Tag};
pub use notice::{Kept, Notice};
pub use overlay::overlay;
pub use popup::{Front, Orders, Row, next_change_of, popup};
pub use tone::Tone;

pub(crate) use needs::{has_step, is_near, needs_now};
pub(crate) use tone::{Headline, Left, left, next_change, today};

use icon::Icon;
use node::{div, element, message, span, words};
use notice::{button, icon_button};
use overlay::{capture_button, count};
