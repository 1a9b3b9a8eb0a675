//! The tree that the drawer puts on the screen: allow-listed elements, words and message keys. There is no raw HTML.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::{code::codes, view::Action};

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Node {
    /// An element with children.
    Element(Element),
    /// A text of the interface, by its key in `_locales`.
    Message(Message),
    /// Words of a page or of the user, shown as they are.
    Words {
        /// The words; drawn as a text node.
        words: String,
    },
}

/// An element of the tree. Boxed: trees are built by moving elements into one another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Element(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Parts {
    /// What it is.
    tag: Tag,
    /// Its classes in `redress.css`, separated by blanks.
    #[serde(skip_serializing_if = "str::is_empty")]
    class: &'static str,
    /// Keeps its identity over updates; unique in its tree.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Its name for assistive technology.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Message>,
    /// What a click on it does; of a form, what its value is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Action>,
    /// Further attributes, from [`Attribute`]'s list only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<(Attribute, String)>,
    /// What is in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Node>,
}

codes! {
    /// The elements that the drawer knows.
    Tag {
        /// `article`.
        Article = "article",
        /// `button`.
        Button = "button",
        /// `details`.
        Details = "details",
        /// `div`.
        Div = "div",
        /// `footer`.
        Footer = "footer",
        /// `form`.
        Form = "form",
        /// `h1`.
        H1 = "h1",
        /// `h2`.
        H2 = "h2",
        /// `h3`.
        H3 = "h3",
        /// `header`.
        Header = "header",
        /// `input`.
        Input = "input",
        /// `label`.
        Label = "label",
        /// `li`.
        Li = "li",
        /// `ol`.
        Ol = "ol",
        /// `option`.
        Option = "option",
        /// `output`.
        Output = "output",
        /// `p`.
        P = "p",
        /// `q`.
        Q = "q",
        /// `section`.
        Section = "section",
        /// `select`.
        Select = "select",
        /// `span`.
        Span = "span",
        /// `strong`.
        Strong = "strong",
        /// `summary`.
        Summary = "summary",
        /// `svg`.
        Svg = "svg",
        /// `path`.
        Path = "path",
        /// `table`.
        Table = "table",
        /// `tbody`.
        Tbody = "tbody",
        /// `td`.
        Td = "td",
        /// `textarea`.
        Textarea = "textarea",
        /// `th`.
        Th = "th",
        /// `thead`.
        Thead = "thead",
        /// `time`.
        Time = "time",
        /// `tr`.
        Tr = "tr",
        /// `ul`.
        Ul = "ul",
        /// A picture of the vault: [`Attribute::Picture`] names the capture. The drawer fills a canvas or an image.
        Picture = "picture",
    }
}

codes! {
    /// The attributes that the drawer sets. None of them can carry script.
    Attribute {
        /// `aria-expanded`.
        AriaExpanded = "aria-expanded",
        /// `aria-hidden`.
        AriaHidden = "aria-hidden",
        /// `aria-pressed`.
        AriaPressed = "aria-pressed",
        /// `aria-live`.
        AriaLive = "aria-live",
        /// `aria-current`.
        AriaCurrent = "aria-current",
        /// `d`.
        D = "d",
        /// `datetime`.
        Datetime = "datetime",
        /// `dir`.
        Dir = "dir",
        /// `lang`.
        Lang = "lang",
        /// `open`.
        Open = "open",
        /// `readonly`.
        Readonly = "readonly",
        /// `required`.
        Required = "required",
        /// `role`.
        Role = "role",
        /// `scope`.
        Scope = "scope",
        /// `selected`.
        Selected = "selected",
        /// `title`.
        Title = "title",
        /// `type`.
        Type = "type",
        /// `value`.
        Value = "value",
        /// `view-box`.
        ViewBox = "view-box",
        /// The id of a capture of the vault.
        Picture = "picture",
    }
}

/// A text of the interface with what is filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// Its key in `_locales/*/messages.json`. With a count the plural form's suffix is added.
    #[serde(rename = "message")]
    key: String,
    /// What stands for `$1`, `$2`, ….
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<Argument>,
    /// The number that picks the plural form.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
}

/// What is filled into a message; the drawer formats it in the language of the interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// Words as they are.
    Words(String),
    /// Another message without arguments, by key.
    Message(String),
    /// A number.
    Number(u32),
    /// An instant, in milliseconds since 1970 (UTC), shown in the viewer's zone with its name.
    Instant(i64),
    /// The same without the zone's name, where it stands nearby.
    Moment(i64),
    /// The same, shown in Pacific time.
    PacificInstant(i64),
    /// A civil date, `YYYY-MM-DD`, shown without a zone.
    Day(NaiveDate),
    /// Civil dates from the first to the last, both `YYYY-MM-DD`; the same twice is one date.
    Days([NaiveDate; 2]),
    /// A length of time in milliseconds, not negative, shown in its two greatest units.
    Span(i64),
    /// The same in its greatest unit, abbreviated.
    ShortSpan(i64),
}

impl Argument {
    /// An instant in the viewer's zone.
    pub fn instant(at: DateTime<Utc>) -> Self {
        Self::Instant(at.timestamp_millis())
    }

    /// An instant in the viewer's zone, without the zone's name.
    pub fn moment(at: DateTime<Utc>) -> Self {
        Self::Moment(at.timestamp_millis())
    }

    /// An instant in Pacific time.
    pub fn pacific(at: DateTime<Utc>) -> Self {
        Self::PacificInstant(at.timestamp_millis())
    }
}

impl Message {
    /// The message of this key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), with: Vec::new(), count: None }
    }

    /// The message with one more argument.
    #[must_use]
    pub fn with(mut self, argument: Argument) -> Self {
        self.with.push(argument);
        self
    }

    /// The plural form for `count`, which is also the first argument.
    pub fn counted(key: impl Into<String>, count: u32) -> Self {
        Self { key: key.into(), with: vec![Argument::Number(count)], count: Some(count) }
    }
}

impl From<Message> for Node {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

/// The message of this key as a node.
pub(super) fn message(key: impl Into<String>) -> Node {
    Node::Message(Message::new(key))
}

/// Words of a page or of the user.
pub(super) fn words(words: impl Into<String>) -> Node {
    Node::Words { words: words.into() }
}

/// An element without classes.
pub(super) fn element(tag: Tag) -> Element {
    Element(Box::new(Parts {
        tag,
        class: "",
        id: None,
        label: None,
        action: None,
        attributes: Vec::new(),
        children: Vec::new(),
    }))
}

/// A `div` with classes.
pub(super) fn div(class: &'static str) -> Element {
    element(Tag::Div).class(class)
}

/// A `span` with classes.
pub(super) fn span(class: &'static str) -> Element {
    element(Tag::Span).class(class)
}

impl Element {
    /// Sets the classes.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.0.class = class;
        self
    }

    /// Sets the identity over updates.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.0.id = Some(id.into());
        self
    }

    /// Sets the name for assistive technology.
    #[must_use]
    pub fn label(mut self, label: Message) -> Self {
        self.0.label = Some(label);
        self
    }

    /// Sets what a click does.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.0.action = Some(action);
        self
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attribute(self, attribute: Attribute, value: impl Into<String>) -> Self {
        self.set(attribute, value.into())
    }

    /// Not inlined, as [`Self::with`].
    #[inline(never)]
    fn set(mut self, attribute: Attribute, value: String) -> Self {
        self.0.attributes.push((attribute, value));
        self
    }

    /// Adds a child.
    #[must_use]
    pub fn child(self, child: impl Into<Node>) -> Self {
        self.with(child.into())
    }

    /// Not inlined: with it, every use of [`Self::child`] would hold the growing of a list.
    #[inline(never)]
    fn with(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Adds children.
    #[must_use]
    pub fn children<N: Into<Node>>(self, children: impl IntoIterator<Item = N>) -> Self {
        children.into_iter().fold(self, |element, child| element.with(child.into()))
    }
}
