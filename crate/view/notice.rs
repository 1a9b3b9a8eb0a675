//! The line that says what was just kept, deleted or refused.

use serde::{Deserialize, Serialize};

use super::{Action, Argument, Attribute, Element, Icon, Message, Tag, div, element, message, span, words};
use crate::{case::Refusal, evidence::CaptureId};

/// What to tell the user about the last thing that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A capture was kept.
    Kept(Kept),
    /// A capture failed; nothing was stored. Holds the reason in words.
    Failed(String),
    /// The browser allows a picture of this tab only after a click of ours; nothing was stored.
    NeedsClick,
    /// A capture, or a file of the user's own, was deleted.
    Deleted,
    /// A correction was kept.
    Corrected,
    /// A correction was taken back.
    Undone,
    /// A correction was not taken; nothing was changed.
    Refused(Refusal),
    /// The report was copied.
    Copied,
    /// The report, where the browser did not copy it.
    Report(String),
    /// Something that was asked for was not done. Holds the reason in words.
    NotDone(String),
}

/// A capture that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The capture.
    pub capture_id: CaptureId,
    /// The order it belongs to.
    pub order_id: Option<String>,
    /// The picture's digest, 64 hexadecimal digits.
    pub sha256: String,
}

impl Notice {
    /// The line. It is announced to assistive technology when it appears.
    pub(super) fn draw(&self) -> Element {
        let (class, role) = match self {
            Self::Kept(_) | Self::Deleted | Self::Corrected | Self::Undone | Self::Copied => {
                ("notice", "status")
            }
            Self::NeedsClick | Self::Report(_) => ("notice hint", "status"),
            Self::Failed(_) | Self::NotDone(_) | Self::Refused(_) => ("notice failed", "alert"),
        };
        let said = element(Tag::P).class("say");
        let line = div(class).attribute(Attribute::Role, role);
        let line = match self {
            Self::Kept(kept) => {
                // A place in the digest that a person can compare at a glance.
                let short: String = kept.sha256.chars().take(12).collect();
                let detail =
                    if kept.order_id.is_some() { "notice_kept_detail" } else { "notice_kept_without_order" };
                line.child(
                    element(Tag::Picture)
                        .label(Message::new("notice_thumbnail"))
                        .attribute(Attribute::Picture, kept.capture_id.as_str()),
                )
                .child(
                    said.child(element(Tag::Strong).child(message("notice_kept")))
                        .child(Message::new(detail).with(Argument::Words(short))),
                )
            }
            Self::Failed(reason) => line.child(Icon::Alert.draw()).child(
                said.child(element(Tag::Strong).child(message("notice_failed")))
                    .child(message("notice_nothing_stored"))
                    .child(words(" "))
                    .child(words(reason.clone())),
            ),
            Self::NeedsClick => {
                line.child(Icon::Camera.draw()).child(said.child(message("notice_needs_click")))
            }
            Self::Deleted => plain(line, Icon::Check, "notice_deleted".to_owned()),
            Self::Corrected => plain(line, Icon::Check, "notice_corrected".to_owned()),
            Self::Undone => plain(line, Icon::Check, "notice_undone".to_owned()),
            Self::Copied => plain(line, Icon::Check, "notice_copied".to_owned()),
            Self::Refused(why) => plain(line, Icon::Alert, format!("refused_{}", why.code())),
            Self::Report(report) => line.child(
                said.child(message("notice_report")).child(
                    element(Tag::Textarea)
                        .label(Message::new("report_name"))
                        .attribute(Attribute::Readonly, "")
                        .child(words(report.clone())),
                ),
            ),
            Self::NotDone(reason) => line.child(Icon::Alert.draw()).child(
                said.child(element(Tag::Strong).child(message("notice_not_done")))
                    .child(words(reason.clone())),
            ),
        };
        line.child(icon_button(Icon::Close, "button_dismiss", Action::Dismiss))
    }
}

/// One sentence with an icon.
fn plain(line: Element, icon: Icon, key: String) -> Element {
    line.child(icon.draw()).child(element(Tag::P).class("say").child(message(key)))
}

/// A button that shows an icon; its name is its label.
pub(super) fn icon_button(icon: Icon, label: &'static str, action: Action) -> Element {
    element(Tag::Button).class("icon-only").label(Message::new(label)).action(action).child(icon.draw())
}

/// A button with words.
pub(super) fn button(class: &'static str, label: impl Into<String>, action: Action) -> Element {
    element(Tag::Button).class(class).action(action).child(span("").child(message(label)))
}
